package io.github.sparkcnn.train.strategy;

import io.github.sparkcnn.allreduce.Communicator;
import io.github.sparkcnn.data.minibatch.MinibatchPlan;
import io.github.sparkcnn.data.pack.Share;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.track.PartOfEpoch;
import io.github.sparkcnn.track.TrainedEpoch;
import io.github.sparkcnn.track.WorkerDevice;
import io.github.sparkcnn.train.feed.Feed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One replica in the driver, on all of its threads, that averages with nobody: the reference that the distributed strategies
 * must equal.
 */
final class LocalTrainer implements Trainer {

    /** The only worker. */
    private static final int RANK = 0;

    /** A round is a minibatch, so that progress is told after each, and training ends at the first loss that is not a number. */
    private static final int FREQUENCY = 1;

    private final Replica replica;
    private final Feed feed;
    private final long seed;
    private final Optional<Duration> parts;
    private final long lossSpacing;

    /**
     * Of all images.
     *
     * @param parts after which time parts of an epoch are kept, if they are
     * @param lossSpacing images between two points of the loss; 0 for none
     */
    LocalTrainer(Replica replica, Share share, MinibatchPlan plan, Optional<Duration> parts, long lossSpacing) {
        this.replica = replica;
        this.feed = Feed.of(plan.of(share), replica);
        this.seed = plan.seed();
        this.parts = parts;
        this.lossSpacing = lossSpacing;
    }

    @Override
    public TrainedEpoch train(Epoch epoch, Watch watch) {
        EpochSteps steps = new EpochSteps(replica, epoch.rates()::factor, seed, epoch.number(), RANK);
        AveragingRounds loop = new AveragingRounds(steps, feed, Communicator.alone(), FREQUENCY, lossSpacing);
        loop.train(epoch.before(), feed.minibatches().count(), progress(watch));
        if (!loop.isFinite()) {
            throw new DivergedException(
                    "the loss became " + loop.lossSum() + " after " + loop.images() + " images of the epoch");
        }
        replica.publish();
        return new TrainedEpoch(
                loop.lossSum(),
                loop.images(),
                loop.curve(),
                loop.seconds(),
                List.of(loop.times().alone()),
                List.of(WorkerDevice.here(RANK, replica.backend())),
                List.of());
    }

    private Consumer<PartOfEpoch> progress(Watch watch) {
        Consumer<PartOfEpoch> kept = parts.<Consumer<PartOfEpoch>>map(every -> new AveragingRounds.KeptParts(
                        every, feed.minibatches().count(), part -> watch.partTrained(part, replica.read())))
                .orElse(part -> {});
        return part -> {
            watch.progressed(part.progress());
            kept.accept(part);
        };
    }

    @Override
    public void close() {
        // The replica belongs to the run, which evaluates with it too.
        feed.close();
    }
}
