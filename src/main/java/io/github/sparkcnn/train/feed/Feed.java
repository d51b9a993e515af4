package io.github.sparkcnn.train.feed;

import io.github.sparkcnn.data.minibatch.Minibatches;
import io.github.sparkcnn.image.ChosenImages;
import io.github.sparkcnn.image.Minibatch;
import io.github.sparkcnn.kernel.KeptImages;
import io.github.sparkcnn.kernel.Replica;
import java.util.Optional;

/**
 * How a worker's images come to its replica: all at once as bytes, where the replica has memory of its own that they fit into and
 * nothing but where their pixels move is drawn anew for each minibatch; otherwise minibatch by minibatch as floats, made ahead of
 * their step where that leaves the processor free.
 */
public final class Feed implements AutoCloseable {
    private final Minibatches minibatches;
    private final Optional<KeptImages> kept;
    private final Optional<Ahead> ahead;

    private Feed(Minibatches minibatches, Optional<KeptImages> kept, Optional<Ahead> ahead) {
        this.minibatches = minibatches;
        this.kept = kept;
        this.ahead = ahead;
    }

    /** Of a worker's minibatches to its replica. */
    public static Feed of(Minibatches minibatches, Replica replica) {
        Optional<KeptImages> kept =
                minibatches.areOnlyMoved() ? replica.keep(minibatches.images(), minibatches.scale()) : Optional.empty();
        boolean isAhead = kept.isEmpty() && replica.leavesProcessorFree();
        return new Feed(minibatches, kept, isAhead ? Optional.of(new Ahead(minibatches)) : Optional.empty());
    }

    /** A minibatch, on its way. */
    @FunctionalInterface
    public interface Ready {

        /** The mean loss of the step. */
        double step(Replica replica, long seed);
    }

    /** Of the worker, for their numbers. */
    public Minibatches minibatches() {
        return minibatches;
    }

    /** Shuffles for an epoch of this worker. */
    public void startEpoch(int epoch, int rank) {
        ahead.ifPresentOrElse(maker -> maker.startEpoch(epoch, rank), () -> minibatches.startEpoch(epoch, rank));
    }

    /** Makes the {@code i}-th minibatch of the epoch, as far as that is done here; valid until the next call. */
    public Ready get(int i) {
        if (kept.isPresent()) {
            ChosenImages chosen = minibatches.chosen(i);
            return (replica, seed) -> kept.get().step(chosen, seed);
        }
        Minibatch batch = ahead.map(maker -> maker.get(i)).orElseGet(() -> minibatches.get(i));
        return (replica, seed) -> replica.step(batch, seed);
    }

    @Override
    public void close() {
        kept.ifPresent(KeptImages::close);
        ahead.ifPresent(Ahead::close);
    }
}
