package io.github.sparkcnn.kernel.onednn;

import io.github.sparkcnn.config.DeviceConfig.Precision;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.kernel.BackendReport;
import io.github.sparkcnn.kernel.BackendReport.KernelKind;
import io.github.sparkcnn.kernel.Bfloat16;
import io.github.sparkcnn.kernel.Engine;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.kernel.Opening;
import io.github.sparkcnn.kernel.onednn.primitive.UnsupportedShape;
import io.github.sparkcnn.kernel.step.Head;
import io.github.sparkcnn.kernel.step.Shortcut;
import io.github.sparkcnn.kernel.step.StepProgram;
import io.github.sparkcnn.kernel.step.UnsupportedNetwork;
import io.github.sparkcnn.kernel.step.reader.NetworkReader;
import io.github.sparkcnn.network.Network;
import java.util.EnumSet;
import java.util.Set;

/** {@code onednn}: oneDNN's primitives, called directly. */
public final class OneDnnEngine implements Engine {

    @Override
    public String name() {
        return "onednn";
    }

    @Override
    public String title() {
        return "oneDNN";
    }

    @Override
    public Set<Precision> precisions() {
        return EnumSet.of(Precision.FLOAT32, Precision.BF16);
    }

    /** @throws io.github.sparkcnn.UserException where bf16 is asked for and the processor does not multiply it */
    @Override
    public Opening open(Network network, ImageShape images, KernelOptions options, BackendReport machine) {
        if (machine.kernels() != KernelKind.ONEDNN) {
            return new Opening.Refused(
                    machine.shortfall().isEmpty() ? "ND4J runs on " + machine.backend() : machine.shortfall());
        }
        Bfloat16.requireWhereAskedFor(options.precision());
        try {
            StepProgram program = NetworkReader.read(network);
            if (program.head().loss() != Head.Loss.CROSS_ENTROPY
                    && !options.weights().areEqual()) {
                return new Opening.Refused("classes are weighed, and the loss is not a softmax's cross-entropy");
            }
            return new Opening.Opened(
                    new OneDnnReplica(network, program, images, options, machine, EnumSet.allOf(Shortcut.class)));
        } catch (UnsupportedNetwork | UnsupportedShape e) {
            return new Opening.Refused(e.getMessage());
        }
    }
}
