package io.github.sparkcnn.kernel.torch.tensor;

import io.github.sparkcnn.UserException;
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
        static final Optional<UserException> FAILURE;

        static {
            String version = "";
            UserException failure = null;
            try {
                makeDeterministic(torch.globalContext());
                version = version(torch.show_config().getString());
            } catch (LinkageError e) {
                failure = failure(e);
            }
            VERSION = version;
            FAILURE = Optional.ofNullable(failure);
        }
    }

    /**
     * Loads it. ND4J's natives have to come first: they tell JavaCPP for which processor.
     *
     * @return its version
     * @throws UserException where its jar is missing, or the operating system does not load what is in it
     */
    public static String load() {
        Loaded.FAILURE.ifPresent(failure -> {
            throw failure;
        });
        return Loaded.VERSION;
    }

    /** In one line, of JavaCPP's several. */
    static UserException failure(LinkageError e) {
        String reason = String.valueOf(ExceptionUtils.getRootCause(e).getMessage())
                .lines()
                .findFirst()
                .orElse("");
        return new UserException(
                "load libtorch",
                StringUtils.stripEnd(reason, "."),
                "Add the jars in target/torch of mvn package with --jars, or set device.engine = auto");
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
    }
}
