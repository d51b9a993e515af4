package io.github.sparkcnn.kernel.torch;

import io.github.sparkcnn.kernel.torch.tensor.FlatTensors;
import io.github.sparkcnn.kernel.torch.tensor.HostState;
import io.github.sparkcnn.kernel.torch.tensor.Mirror;
import io.github.sparkcnn.kernel.torch.tensor.TorchDevice;
import io.github.sparkcnn.kernel.torch.update.Update;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.NetworkState;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;

/** All that training changes, on the device, and its way there and back. */
final class TorchState {
    /** Numbers, 4 MiB: some milliseconds of a ring's work, beside which a copy costs nothing. */
    private static final long LARGEST_PART = 1 << 20;

    private final FlatTensors flat;
    private final Update update;
    private final HostState host;
    private int iteration;
    private int epoch;

    TorchState(Network network, TorchDevice device, FlatTensors flat, Update update) {
        this.flat = flat;
        this.update = update;
        host = new HostState(
                device,
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

    /** While a part is worked on, the next one comes from the device and the one before goes back. */
    <T> T lendInParts(Function<List<ByteBuffer>, Supplier<T>> begin) {
        List<Mirror> mirrors = mirrors();
        List<Part> parts = Part.of(host.length(), LARGEST_PART);
        host.read(mirrors, parts.get(0).from(), parts.get(0).to());
        Supplier<T> work = begin(begin, parts.get(0));
        T first = null;
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            Optional<Part> next = i + 1 < parts.size() ? Optional.of(parts.get(i + 1)) : Optional.empty();
            next.ifPresent(coming -> host.read(mirrors, coming.from(), coming.to()));
            T result = work.get();
            first = i == 0 ? result : first;
            if (next.isPresent()) {
                work = begin(begin, next.get());
            }
            host.write(mirrors, part.from(), part.to());
        }
        return first;
    }

    private <T> Supplier<T> begin(Function<List<ByteBuffer>, Supplier<T>> begin, Part part) {
        return begin.apply(List.of(host.buffer(part.from(), part.to())));
    }

    private void toHost() {
        host.read(mirrors(), 0, host.length());
    }

    private void fromHost() {
        host.write(mirrors(), 0, host.length());
    }

    private List<Mirror> mirrors() {
        List<Mirror> mirrors = new ArrayList<>();
        mirrors.add(new Mirror(flat.parameters(), 0));
        update.state()
                .forEach(piece -> mirrors.add(piece.behind(flat.parameters().numel())));
        return mirrors;
    }
}
