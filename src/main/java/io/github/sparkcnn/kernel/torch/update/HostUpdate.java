package io.github.sparkcnn.kernel.torch.update;

import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.kernel.torch.tensor.FlatTensors;
import io.github.sparkcnn.kernel.torch.tensor.Mirror;
import io.github.sparkcnn.kernel.torch.tensor.TorchDevice;
import io.github.sparkcnn.kernel.update.UpdateStep;
import io.github.sparkcnn.network.Network;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Deeplearning4j's own update, in the arrays of the network, for optimizers, constraints and regularisations that have no rule here:
 * gradient and parameters go to host memory and back with every step.
 */
final class HostUpdate implements Update {
    private final Network network;
    private final UpdateStep update;
    private final FlatTensors flat;
    private final Tensor parameters;
    private final Tensor gradient;
    private final String reason;

    HostUpdate(Network network, KernelOptions options, FlatTensors flat, String reason) {
        this.reason = reason;
        this.network = network;
        this.flat = flat;
        update = new UpdateStep(network, options.rule(), options.clipping(), false);
        parameters = over(network.parameters());
        gradient = over(network.gradient());
    }

    @Override
    public void apply(int iteration, int epoch, int batchSize) {
        parameters.copy_(flat.parameters());
        gradient.copy_(flat.gradient()).mul_(new Scalar((double) batchSize));
        network.count(iteration, epoch);
        update.apply(batchSize);
        flat.parameters().copy_(parameters);
    }

    @Override
    public void scaleLearningRates(double factor) {
        update.scaleLearningRates(factor);
    }

    @Override
    public List<Mirror> state() {
        return network.updaterState().map(array -> new Mirror(over(array), 0)).stream()
                .toList();
    }

    @Override
    public Optional<String> reasonForHost() {
        return Optional.of(reason);
    }

    private static Tensor over(INDArray array) {
        return TorchDevice.over(new FloatPointer(array.data().addressPointer()), array.length());
    }
}
