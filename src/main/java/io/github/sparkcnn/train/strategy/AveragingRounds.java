package io.github.sparkcnn.train.strategy;

import io.github.sparkcnn.allreduce.Communicator;
import io.github.sparkcnn.allreduce.Contribution;
import io.github.sparkcnn.allreduce.Contributions;
import io.github.sparkcnn.allreduce.FloatVector;
import io.github.sparkcnn.data.minibatch.Minibatches;
import io.github.sparkcnn.track.LossCurve;
import io.github.sparkcnn.track.LossPoint;
import io.github.sparkcnn.track.PartOfEpoch;
import io.github.sparkcnn.track.WorkerTimes;
import io.github.sparkcnn.train.feed.Feed;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * One worker's epoch: {@code frequency} minibatches of its own, then the mean with the others, and so on, in as many rounds
 * as the largest share needs. A worker whose share has ended goes on averaging with weight 0.
 */
final class AveragingRounds {

    /**
     * Picks the parts that are to be kept: after so much time one, but not the last, which is the epoch, nor one with a loss that is
     * no number.
     */
    static final class KeptParts implements Consumer<PartOfEpoch> {
        private final Duration every;
        private final int end;
        private final Consumer<PartOfEpoch> keep;
        private long last = System.nanoTime();

        /**
         * Counts the time from now on.
         *
         * @param end minibatches after which an epoch is at its end
         * @param keep takes them; no time counts while it does
         */
        KeptParts(Duration every, int end, Consumer<PartOfEpoch> keep) {
            this.every = every;
            this.end = end;
            this.keep = keep;
        }

        @Override
        public void accept(PartOfEpoch part) {
            boolean due = System.nanoTime() - last >= every.toNanos();
            if (due && part.minibatches() < end && Double.isFinite(part.lossSum())) {
                keep.accept(part);
                last = System.nanoTime();
            }
        }
    }

    /** What travels with each averaging: the round's loss sum and the nanoseconds of its arithmetic. */
    private static final int LOSS = 0;

    private static final int COMPUTE = 1;

    private final EpochSteps steps;
    private final Feed feed;
    private final Minibatches minibatches;
    private final Communicator workers;
    private final int frequency;
    private final long lossSpacing;
    private LossCurve curve;
    private double lossSum;
    private long images;
    private int trained;
    private long start;
    private double secondsBefore;
    private long computeNanos;
    private long minibatchNanos;
    private long waitingNanos;
    private long averagingNanos;

    /** @param lossSpacing images of all workers between two points of the loss; 0 for none */
    AveragingRounds(EpochSteps steps, Feed feed, Communicator workers, int frequency, long lossSpacing) {
        this.steps = steps;
        this.feed = feed;
        minibatches = feed.minibatches();
        this.workers = workers;
        this.frequency = frequency;
        this.lossSpacing = lossSpacing;
        this.curve = new LossCurve(lossSpacing, List.of());
    }

    /**
     * Trains all rounds behind a part; ends early, on every worker alike, when the loss is no longer a number.
     *
     * @param before of whole rounds
     * @param progress told what is trained, after every round
     */
    void train(PartOfEpoch before, int rounds, Consumer<PartOfEpoch> progress) {
        start = System.nanoTime();
        lossSum = before.lossSum();
        images = before.images();
        secondsBefore = before.seconds();
        curve = new LossCurve(lossSpacing, before.curve());
        feed.startEpoch(steps.epoch(), steps.rank());
        computeNanos = System.nanoTime() - start;
        minibatchNanos = computeNanos;
        for (int round = before.minibatches() / frequency; round < rounds && isFinite(); round++) {
            round(round);
            trained = (round + 1) * frequency;
            curve.seen(minibatchesSeen(), images, lossSum);
            progress.accept(part());
        }
        curve.ended(minibatchesSeen(), images, lossSum);
    }

    private PartOfEpoch part() {
        return new PartOfEpoch(trained, lossSum, images, seconds(), curve.points());
    }

    /** Of this worker: in a last round fewer than there is room for. */
    private int minibatchesSeen() {
        return Math.min(trained, minibatches.count());
    }

    /** Spent in the epoch, also before. */
    double seconds() {
        return secondsBefore + (System.nanoTime() - start) / 1e9;
    }

    private void round(int round) {
        long begun = System.nanoTime();
        double loss = 0;
        long seen = 0;
        int end = Math.min((round + 1) * frequency, minibatches.count());
        for (int i = round * frequency; i < end; i++) {
            long before = System.nanoTime();
            Feed.Ready batch = feed.get(i);
            minibatchNanos += System.nanoTime() - before;
            loss += steps.step(batch, minibatches.size(i), i);
            seen += minibatches.size(i);
        }
        long compute = System.nanoTime() - begun;
        Contributions all = average(new Contribution(seen, loss, compute));
        long averaging = System.nanoTime() - begun - compute;
        long waiting = Math.min(averaging, slowest(all) - compute);
        lossSum += all.sum(LOSS);
        images += isFinite() ? all.weight() : 0;
        computeNanos += compute;
        waitingNanos += waiting;
        averagingNanos += averaging - waiting;
    }

    /** Replaces the replica's state by the mean of all workers', in place; that of a worker alone stays where it is. */
    private Contributions average(Contribution own) {
        if (workers.size() == 1) {
            return workers.average(FloatVector.of(), own);
        }
        return steps.replica()
                .lendInParts(state -> workers.start(FloatVector.of(state.toArray(ByteBuffer[]::new)), own)::await);
    }

    private static long slowest(Contributions all) {
        return (long) all.byRank().stream()
                .mapToDouble(contribution -> contribution.values()[COMPUTE])
                .max()
                .orElse(0);
    }

    /** Whether every loss so far is a number. */
    boolean isFinite() {
        return Double.isFinite(lossSum);
    }

    /** The sum of the losses over all workers' images. */
    double lossSum() {
        return lossSum;
    }

    /** The images of all workers, in the rounds whose losses are numbers. */
    long images() {
        return images;
    }

    /** How the loss went, with the points of the part before. */
    List<LossPoint> curve() {
        return curve.points();
    }

    WorkerTimes times() {
        return new WorkerTimes(
                (computeNanos - minibatchNanos) / 1e9, minibatchNanos / 1e9, waitingNanos / 1e9, averagingNanos / 1e9);
    }
}
