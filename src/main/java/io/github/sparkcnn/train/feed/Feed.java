package io.github.sparkcnn.train.feed;

import io.github.sparkcnn.data.minibatch.Minibatches;
import io.github.sparkcnn.image.Minibatch;
import io.github.sparkcnn.kernel.KeptImages;
import io.github.sparkcnn.kernel.Replica;
import java.util.Optional;

/**
 * How a worker's images come to its replica: minibatch by minibatch as floats, or all at once as bytes, where the replica has memory of its
 * own that they fit into and nothing is drawn anew for each of them.
 */
public final class Feed implements AutoCloseable {
    private final Minibatches minibatches;
    private final Optional<KeptImages> kept;

    private Feed(Minibatches minibatches, Optional<KeptImages> kept) {
        this.minibatches = minibatches;
        this.kept = kept;
    }

    /** Of a worker's minibatches to its replica. */
    public static Feed of(Minibatches minibatches, Replica replica) {
        return new Feed(
                minibatches,
                minibatches.arePlain() ? replica.keep(minibatches.images(), minibatches.scale()) : Optional.empty());
    }

    /** A minibatch, on its way. */
    @FunctionalInterface
    public interface Ready {

        /** The mean loss of the step. */
        double step(Replica replica, long seed);
    }

    /** Of the worker. */
    public Minibatches minibatches() {
        return minibatches;
    }

    /** Makes the {@code i}-th minibatch of the epoch, as far as that is done here; valid until the next call. */
    public Ready get(int i) {
        if (kept.isPresent()) {
            int size = minibatches.size(i);
            return (replica, seed) -> kept.get().step(minibatches.order(), minibatches.start(i), size, seed);
        }
        Minibatch batch = minibatches.get(i);
        return (replica, seed) -> replica.step(batch, seed);
    }

    @Override
    public void close() {
        kept.ifPresent(KeptImages::close);
    }
}
