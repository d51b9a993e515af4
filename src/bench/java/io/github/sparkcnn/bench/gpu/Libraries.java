package io.github.sparkcnn.bench.gpu;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.device.Device;
import io.github.sparkcnn.device.NvidiaSmi;
import io.github.sparkcnn.kernel.Kernels;
import io.github.sparkcnn.kernel.torch.tensor.Libtorch;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Context;
import org.bytedeco.pytorch.global.torch;

/** Which libraries load, and what they see. */
final class Libraries implements Check {

    @Override
    public String name() {
        return "libraries";
    }

    @Override
    public void run(Bench bench, Consumer<Verdict> verdicts) {
        List<Device> devices = bench.isCuda() ? devices() : List.of();
        String arrays = Kernels.wake().toString();
        String version = Libtorch.load();
        Optional<String> gpu = bench.isCuda() ? Optional.of(seen(devices)) : Optional.empty();
        verdicts.accept(Verdict.of(name(), "ND4J, oneDNN", true, arrays));
        verdicts.accept(Verdict.of(
                name(),
                "libtorch",
                true,
                version
                        + (Context.hasMKLDNN() ? ", with oneDNN" : ", without oneDNN")
                        + (Context.hasMKL() ? ", with MKL" : ", without MKL")
                        + (Context.hasCUDA() ? ", with CUDA" : ", without CUDA")));
        gpu.ifPresent(text -> verdicts.accept(Verdict.of(name(), "CUDA", true, text)));
    }

    /** What is asked for and not there is the user's to mend, before anything is measured. */
    private static List<Device> devices() {
        List<Device> devices = new NvidiaSmi().devices();
        if (devices.isEmpty()) {
            throw new UserException(
                    "check cuda", "nvidia-smi lists no GPU", "Run it where there is one, or with --device cpu");
        }
        return devices;
    }

    private static String seen(List<Device> devices) {
        if (!torch.cuda_is_available()) {
            throw new UserException(
                    "check cuda",
                    "libtorch" + (Context.hasCUDA() ? "" : ", built without CUDA,") + " sees none of " + devices,
                    "Put libtorch's CUDA build on the class path, and CUDA's and cuDNN's libraries in LD_LIBRARY_PATH");
        }
        return devices.stream().map(Device::toString).collect(Collectors.joining(", "))
                + "; libtorch sees " + torch.cuda_device_count()
                + ", CUDA's runtime " + Context.versionCUDART()
                + ", cuDNN " + (Context.hasCuDNN() ? Context.versionRuntimeCuDNN() : "none");
    }
}
