package io.github.sparkcnn.train;

import io.github.sparkcnn.data.minibatch.MinibatchPlan;
import io.github.sparkcnn.data.minibatch.Minibatches;
import io.github.sparkcnn.data.pack.Share;
import io.github.sparkcnn.image.Minibatch;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.random.Seeds;
import io.github.sparkcnn.track.WorkerDevice;
import java.util.List;
import java.util.function.LongConsumer;

/** One replica in the driver, on all of its threads: the reference that the distributed strategies must equal. */
final class LocalTrainer implements Trainer {

    /** The only worker. */
    private static final int RANK = 0;

    private final Replica replica;
    private final Minibatches minibatches;
    private final long seed;

    LocalTrainer(Replica replica, Share share, MinibatchPlan plan) {
        this.replica = replica;
        this.minibatches = plan.of(share);
        this.seed = plan.seed();
    }

    @Override
    public EpochLoss train(int epoch, StepRates rates, LongConsumer progress) {
        LossSum loss = new LossSum();
        long start = System.nanoTime();
        minibatches.startEpoch(epoch, RANK);
        long minibatchNanos = System.nanoTime() - start;
        for (int i = 0; i < minibatches.count(); i++) {
            long before = System.nanoTime();
            Minibatch batch = minibatches.get(i);
            minibatchNanos += System.nanoTime() - before;
            rates.set(replica, i);
            loss.add(batch, replica.step(batch, Seeds.of(seed, epoch, RANK, i)));
            progress.accept(loss.images());
        }
        replica.publish();
        long nanos = System.nanoTime() - start;
        WorkerTimes times = new WorkerTimes((nanos - minibatchNanos) / 1e9, minibatchNanos / 1e9, 0, 0);
        WorkerDevice device = WorkerDevice.here(RANK, replica.backend());
        return new EpochLoss(loss.sum(), loss.images(), List.of(times), List.of(device), List.of());
    }

    @Override
    public void close() {
        // The replica belongs to the run, which evaluates with it too.
    }
}
