package io.github.sparkcnn.kernel;

import io.github.sparkcnn.image.Minibatch;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.NetworkState;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.Function;

/** A replica whose state is not that of the network it was opened on. */
final class DetachedReplica implements Replica {

    private final Network network;
    private final Replica inner;

    DetachedReplica(Network network, Replica inner) {
        this.network = network;
        this.inner = inner;
    }

    @Override
    public double step(Minibatch batch, long seed) {
        return inner.step(batch, seed);
    }

    @Override
    public void scaleLearningRates(double factor) {
        inner.scaleLearningRates(factor);
    }

    @Override
    public int predictionBatch() {
        return DetachedEngine.PREDICTION_BATCH;
    }

    @Override
    public void predict(float[] features, int size, float[] probabilities) {
        DetachedEngine.LARGEST_PREDICTION.accumulateAndGet(size, Math::max);
        inner.predict(features, size, probabilities);
    }

    @Override
    public NetworkState read() {
        return inner.read();
    }

    @Override
    public void write(NetworkState state) {
        inner.write(state);
    }

    /** Out of the device and back, as over page-locked memory. */
    @Override
    public <T> T lend(Function<List<ByteBuffer>, T> borrower) {
        return inner.lend(state -> {
            List<ByteBuffer> copies = state.stream()
                    .map(part -> ByteBuffer.allocateDirect(part.remaining())
                            .order(ByteOrder.nativeOrder())
                            .put(part.duplicate())
                            .flip())
                    .toList();
            T result = borrower.apply(copies);
            for (int i = 0; i < copies.size(); i++) {
                state.get(i).duplicate().put(copies.get(i).duplicate());
            }
            return result;
        });
    }

    @Override
    public void publish() {
        inner.read().applyTo(network);
    }

    @Override
    public void refresh() {
        inner.write(NetworkState.of(network));
    }

    @Override
    public BackendReport backend() {
        return inner.backend();
    }

    @Override
    public void close() {
        inner.close();
    }
}
