package io.github.sparkcnn.bench.paced;

import io.github.sparkcnn.bench.Networks;
import io.github.sparkcnn.image.Minibatch;
import io.github.sparkcnn.kernel.BackendReport;
import io.github.sparkcnn.kernel.InPlaceReplica;
import io.github.sparkcnn.network.Network;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongConsumer;

/**
 * A replica that takes its time and changes nothing: state, averaging and counting are those of its network, of which the parameters
 * stay what they are; every image has the same loss, and every class the same probability.
 */
final class PacedReplica implements InPlaceReplica {

    static final double LOSS = 1;

    private final Network network;
    private final LongConsumer sleep;
    private final Pace pace;
    private final Account account;
    private final BackendReport backend;

    /** @param sleep passes so many nanoseconds */
    PacedReplica(Network network, LongConsumer sleep, Pace pace, Account account, BackendReport backend) {
        this.network = network;
        this.sleep = sleep;
        this.pace = pace;
        this.account = account;
        this.backend = backend;
    }

    @Override
    public double step(Minibatch batch, long seed) {
        account.stepped();
        sleep.accept(nanos(batch.size(), pace.trained()));
        network.count(network.iteration() + 1, network.epoch());
        return LOSS;
    }

    @Override
    public void predict(float[] features, int size, float[] probabilities) {
        account.predicted();
        sleep.accept(nanos(size, pace.predicted()));
        Arrays.fill(probabilities, 0, size * Networks.CLASSES, 1f / Networks.CLASSES);
    }

    private static long nanos(int images, double imagesPerSecond) {
        return Math.round(images / imagesPerSecond * 1e9);
    }

    @Override
    public <T> T lend(Function<List<ByteBuffer>, T> borrower) {
        account.averaged();
        return InPlaceReplica.super.lend(state -> borrower.apply(pace.averaged(state)));
    }

    @Override
    public void scaleLearningRates(double factor) {
        // Nothing learns.
    }

    @Override
    public Network network() {
        return network;
    }

    @Override
    public BackendReport backend() {
        return backend;
    }

    @Override
    public void close() {
        // The network is the caller's.
    }
}
