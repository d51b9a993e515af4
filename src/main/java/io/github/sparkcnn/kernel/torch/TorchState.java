package io.github.sparkcnn.kernel.torch;

import io.github.sparkcnn.kernel.torch.tensor.FlatTensors;
import io.github.sparkcnn.kernel.torch.tensor.HostState;
import io.github.sparkcnn.kernel.torch.update.Update;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.NetworkState;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Function;
import org.nd4j.linalg.api.ndarray.INDArray;

/** All that training changes, on the device, and its way there and back. */
final class TorchState {
    private final FlatTensors flat;
    private final Update update;
    private final HostState host;
    private int iteration;
    private int epoch;

    TorchState(Network network, FlatTensors flat, Update update) {
        this.flat = flat;
        this.update = update;
        host = new HostState(
                network.parameters().length(),
                network.updaterState().map(INDArray::length).orElse(0L));
        write(NetworkState.of(network));
    }

    /** Makes an optimizer's step of the mean gradient of so many images. */
    void step(int batchSize) {
        update.apply(iteration, epoch, batchSize);
        iteration++;
    }

    void scaleLearningRates(double factor) {
        update.scaleLearningRates(factor);
    }

    NetworkState read() {
        toHost();
        return new NetworkState(host.copyOfParameters(), host.copyOfUpdater(), iteration, epoch);
    }

    TorchState write(NetworkState state) {
        host.put(state.parameters(), state.updater());
        fromHost();
        iteration = state.iteration();
        epoch = state.epoch();
        return this;
    }

    <T> T lend(Function<List<ByteBuffer>, T> borrower) {
        toHost();
        T result = borrower.apply(host.buffers());
        fromHost();
        return result;
    }

    private void toHost() {
        host.parameters().copy_(flat.parameters());
        update.read(host.updater());
    }

    private void fromHost() {
        flat.parameters().copy_(host.parameters());
        update.write(host.updater());
    }
}
