package io.github.sparkcnn.kernel.torch.tensor;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.Visible;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.lang3.StringUtils;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.bytedeco.pytorch.Context;
import org.bytedeco.pytorch.global.torch;

/** The library itself, loaded once for each JVM and told to give the same numbers for the same work. */
public final class Libtorch {
    private static final Pattern VERSION = Pattern.compile("TORCH_VERSION=([^,\\s]+)");

    private Libtorch() {}

    /** Once per JVM, on first use. */
    private static final class Loaded {
        static final String VERSION;
        static final Optional<LinkageError> FAILURE;

        static {
            String version = "";
            LinkageError failure = null;
            try {
                makeDeterministic(torch.globalContext());
                version = version(torch.show_config().getString());
            } catch (LinkageError e) {
                failure = e;
            }
            VERSION = version;
            FAILURE = Optional.ofNullable(failure);
        }
    }

    /**
     * Loads it. ND4J's natives have to come first: they tell JavaCPP for which processor.
     *
     * @param device by its name: {@code cpu}, {@code cuda:0}
     * @return its version
     * @throws UserException where its jar is missing, the operating system does not load what is in it, or it sees no GPU and should
     */
    public static String load(String device) {
        return load(device, Optional.empty());
    }

    /**
     * The same where CUDA would show this process another device than its own.
     *
     * @param onlyVisible what {@code CUDA_VISIBLE_DEVICES} becomes, unless CUDA is awake already
     */
    public static String load(String device, Optional<String> onlyVisible) {
        boolean onGpu = !device.equals("cpu");
        Loaded.FAILURE.ifPresent(failure -> {
            throw failure(failure, onGpu);
        });
        onlyVisible.ifPresent(uuid -> torch.set_env("CUDA_VISIBLE_DEVICES", uuid, true));
        if (onGpu && !torch.cuda_is_available()) {
            throw new UserException(
                    "use device.backend = cuda",
                    "libtorch sees no GPU",
                    "Look at nvidia-smi and LD_LIBRARY_PATH there, or set device.backend = cpu");
        }
        return Loaded.VERSION;
    }

    /** In one line, of JavaCPP's several. */
    static UserException failure(LinkageError e, boolean onGpu) {
        return new UserException(
                "load libtorch",
                StringUtils.stripEnd(Visible.firstLine(ExceptionUtils.getRootCause(e)), "."),
                onGpu
                        ? "Add all jars in target/gpu with --jars and install CUDA 13, or set device.backend = cpu"
                        : "Add the jars in target/torch of mvn package with --jars, or set device.engine = auto");
    }

    private static String version(String configuration) {
        Matcher version = VERSION.matcher(configuration);
        return version.find() ? version.group(1) : "";
    }

    /** Sums of whole 32 bits, and no algorithm that is chosen by its speed or adds up in the order of arrival. */
    private static void makeDeterministic(Context context) {
        context.setDeterministicAlgorithms(true, false);
        // Every operation here writes all of what it makes: memory need not be filled before.
        context.setDeterministicFillUninitializedMemory(false);
        context.setDeterministicCuDNN(true);
        context.setBenchmarkCuDNN(false);
        context.setAllowTF32CuDNN(false);
        context.setAllowTF32CuBLAS(false);
        context.setAllowBF16ReductionCuBLAS(false);
        // Without it cuBLAS does not add up in the same order each time, and libtorch refuses to call it.
        torch.set_env("CUBLAS_WORKSPACE_CONFIG", ":4096:8", false);
        // GPUs are bound by nvidia-smi's numbers; CUDA by itself, which reads this when it is first called, puts the
        // fastest first.
        torch.set_env("CUDA_DEVICE_ORDER", "PCI_BUS_ID", true);
    }
}
