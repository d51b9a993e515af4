package io.github.sparkcnn.bench.gpu;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.bench.Networks;
import io.github.sparkcnn.config.DeviceConfig.Precision;
import io.github.sparkcnn.kernel.Replica;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Context;
import org.bytedeco.pytorch.global.torch;

/** Which libraries load, and what they see. What is asked for and not there is the user's to mend, before anything is measured. */
final class Libraries implements Check {

    @Override
    public String name() {
        return "libraries";
    }

    @Override
    public void run(Bench bench, Consumer<Verdict> verdicts) {
        String oracle;
        String device;
        try (Replica ours = bench.open(Networks.named(bench.networks().get(0)), Precision.FLOAT32);
                Replica theirs = bench.oracle(Networks.named(bench.networks().get(0)))) {
            device = ours.backend().toString();
            oracle = theirs.backend().toString();
        }
        if (bench.isCuda() && !torch.cuda_is_available()) {
            throw new UserException(
                    "check cuda",
                    "libtorch" + (Context.hasCUDA() ? "" : ", built without CUDA,") + " sees no GPU",
                    "Run it where there is one, with libtorch's CUDA build on the class path, or with --device cpu");
        }
        verdicts.accept(Verdict.of(name(), "oneDNN", true, oracle));
        verdicts.accept(Verdict.of(
                name(),
                "libtorch",
                true,
                device
                        + has("oneDNN", Context.hasMKLDNN())
                        + has("MKL", Context.hasMKL())
                        + has("CUDA", Context.hasCUDA())));
        if (bench.isCuda()) {
            verdicts.accept(Verdict.of(
                    name(),
                    "CUDA",
                    true,
                    "libtorch sees " + torch.cuda_device_count()
                            + " GPUs, CUDA's runtime " + Context.versionCUDART()
                            + ", cuDNN " + (Context.hasCuDNN() ? Context.versionRuntimeCuDNN() : "none")));
        }
    }

    private static String has(String library, boolean there) {
        return (there ? ", with " : ", without ") + library;
    }
}
