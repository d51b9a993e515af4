package io.github.sparkcnn.bench.gpu;

import io.github.sparkcnn.bench.Networks;
import io.github.sparkcnn.config.DeviceConfig.Precision;
import io.github.sparkcnn.kernel.Replica;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Context;
import org.bytedeco.pytorch.global.torch;

/** Which libraries load, and what they see. A GPU that libtorch does not see it refuses when it is opened: that is the user's to mend. */
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
