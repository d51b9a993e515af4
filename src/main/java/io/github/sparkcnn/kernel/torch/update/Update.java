package io.github.sparkcnn.kernel.torch.update;

import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.kernel.torch.tensor.FlatTensors;
import io.github.sparkcnn.kernel.torch.tensor.Mirror;
import io.github.sparkcnn.kernel.torch.tensor.TorchDevice;
import io.github.sparkcnn.network.Network;
import java.util.List;
import java.util.Optional;

/** Makes new parameters of the gradient, and keeps the optimizer's state. */
public interface Update {

    /** On the device where there is a rule for all that the network asks for, and by Deeplearning4j otherwise. */
    static Update of(Network network, KernelOptions options, TorchDevice device, FlatTensors flat) {
        try {
            return new FlatUpdate(network, Blocks.of(network, options.rule()), options, device, flat);
        } catch (NoRule e) {
            return new HostUpdate(network, options, flat, e.getMessage());
        }
    }

    /** Why the update is made in host memory, with a copy there and back at every step; empty where it is made on the device. */
    default Optional<String> reasonForHost() {
        return Optional.empty();
    }

    /** Makes one step of the mean gradient of so many images. */
    void apply(int iteration, int epoch, int batchSize);

    /** Multiplies the learning rates that the network had by the factor, until the next call. */
    void scaleLearningRates(double factor);

    /** Where the state lies, and where each piece of it stands in Deeplearning4j's order. */
    List<Mirror> state();
}
