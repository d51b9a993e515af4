package io.github.sparkcnn.kernel.torch;

import io.github.sparkcnn.config.DeviceConfig.Precision;
import io.github.sparkcnn.device.DeviceAssignment.Assigned;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.kernel.BackendReport;
import io.github.sparkcnn.kernel.CudaBinding;
import io.github.sparkcnn.kernel.Engine;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.kernel.Opening;
import io.github.sparkcnn.kernel.step.Head;
import io.github.sparkcnn.kernel.step.StepProgram;
import io.github.sparkcnn.kernel.step.UnsupportedNetwork;
import io.github.sparkcnn.kernel.step.reader.NetworkReader;
import io.github.sparkcnn.kernel.torch.operation.UnsupportedShape;
import io.github.sparkcnn.kernel.torch.tensor.Libtorch;
import io.github.sparkcnn.kernel.torch.tensor.TorchDevice;
import io.github.sparkcnn.network.Network;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** {@code torch}: libtorch, PyTorch's C++ library. */
public final class TorchEngine implements Engine {
    @Override
    public String name() {
        return "torch";
    }

    @Override
    public String title() {
        return "libtorch";
    }

    @Override
    public Set<Precision> precisions() {
        return EnumSet.allOf(Precision.class);
    }

    /** @throws io.github.sparkcnn.UserException where libtorch is not on the class path, does not load or sees no GPU and should */
    @Override
    public Opening open(Network network, ImageShape images, KernelOptions options, BackendReport machine) {
        if (machine.isCuda()) {
            return new Opening.Refused("ND4J runs on CUDA");
        }
        try {
            StepProgram program = NetworkReader.read(network);
            if (program.head().loss() != Head.Loss.CROSS_ENTROPY
                    && !options.weights().areEqual()) {
                return new Opening.Refused("classes are weighed, and the loss is not a softmax's cross-entropy");
            }
            Optional<String> onlyVisible = CudaBinding.bound().flatMap(Assigned::onlyVisible);
            BackendReport report = machine.ofTorch(Libtorch.load(machine.device(), onlyVisible));
            return new Opening.Opened(
                    new TorchReplica(network, program, images, options, report, new TorchDevice(machine.device())));
        } catch (UnsupportedNetwork | UnsupportedShape e) {
            return new Opening.Refused(e.getMessage());
        }
    }
}
