package io.github.sparkcnn.train;

import io.github.sparkcnn.allreduce.Communicator;
import io.github.sparkcnn.allreduce.Contribution;
import io.github.sparkcnn.allreduce.Contributions;
import io.github.sparkcnn.data.minibatch.Minibatches;
import io.github.sparkcnn.image.Minibatch;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.random.Seeds;
import java.util.function.LongConsumer;

/**
 * One worker's epoch: {@code frequency} minibatches of its own, then the mean with the others, and so on, in as many rounds
 * as the largest share needs. A worker whose share has ended goes on averaging with weight 0.
 */
final class AveragingRounds {

    /** What travels with each averaging: the round's loss sum and the nanoseconds of its arithmetic. */
    private static final int LOSS = 0;

    private static final int COMPUTE = 1;

    private final WorkerReplica worker;
    private final Replica replica;
    private final Communicator workers;
    private final int frequency;
    private final long seed;
    private final StepRates rates;
    private double lossSum;
    private long images;
    private long computeNanos;
    private long minibatchNanos;
    private long waitingNanos;
    private long averagingNanos;

    AveragingRounds(WorkerReplica worker, Communicator workers, int frequency, long seed, StepRates rates) {
        this.worker = worker;
        this.replica = worker.replica();
        this.rates = rates;
        this.workers = workers;
        this.frequency = frequency;
        this.seed = seed;
    }

    /** Trains all rounds; ends early, on every worker alike, when the loss is no longer a number. */
    void train(Minibatches minibatches, int epoch, int rounds, LongConsumer progress) {
        long start = System.nanoTime();
        minibatches.startEpoch(epoch, workers.rank());
        computeNanos = System.nanoTime() - start;
        minibatchNanos = computeNanos;
        for (int round = 0; round < rounds && Double.isFinite(lossSum); round++) {
            round(minibatches, epoch, round);
            progress.accept(images);
        }
    }

    private void round(Minibatches minibatches, int epoch, int round) {
        long start = System.nanoTime();
        double loss = 0;
        long seen = 0;
        int end = Math.min((round + 1) * frequency, minibatches.count());
        for (int i = round * frequency; i < end; i++) {
            long before = System.nanoTime();
            Minibatch batch = minibatches.get(i);
            minibatchNanos += System.nanoTime() - before;
            rates.set(replica, i);
            loss += replica.step(batch, Seeds.of(seed, epoch, workers.rank(), i)) * batch.size();
            seen += batch.size();
        }
        long compute = System.nanoTime() - start;
        Contributions all = worker.average(workers, new Contribution(seen, loss, compute));
        long averaging = System.nanoTime() - start - compute;
        long waiting = Math.min(averaging, slowest(all) - compute);
        lossSum += all.sum(LOSS);
        images += all.weight();
        computeNanos += compute;
        waitingNanos += waiting;
        averagingNanos += averaging - waiting;
    }

    private static long slowest(Contributions all) {
        return (long) all.byRank().stream()
                .mapToDouble(contribution -> contribution.values()[COMPUTE])
                .max()
                .orElse(0);
    }

    /** The sum of the losses over all workers' images. */
    double lossSum() {
        return lossSum;
    }

    /** The images of all workers. */
    long images() {
        return images;
    }

    WorkerTimes times() {
        return new WorkerTimes(
                (computeNanos - minibatchNanos) / 1e9, minibatchNanos / 1e9, waitingNanos / 1e9, averagingNanos / 1e9);
    }
}
