package io.github.sparkcnn.train.strategy;

import io.github.sparkcnn.allreduce.Communicator;
import io.github.sparkcnn.data.minibatch.MinibatchPlan;
import io.github.sparkcnn.data.minibatch.Minibatches;
import io.github.sparkcnn.data.pack.Share;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.network.schedule.StepRates;
import io.github.sparkcnn.track.TrainedEpoch;
import io.github.sparkcnn.track.WorkerDevice;
import java.util.List;
import java.util.function.LongConsumer;

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
    private final Minibatches minibatches;
    private final long seed;

    LocalTrainer(Replica replica, Share share, MinibatchPlan plan) {
        this.replica = replica;
        this.minibatches = plan.of(share);
        this.seed = plan.seed();
    }

    @Override
    public TrainedEpoch train(int epoch, StepRates rates, LongConsumer progress) {
        long start = System.nanoTime();
        EpochSteps steps = new EpochSteps(replica, rates::factor, seed, epoch, RANK);
        AveragingRounds loop = new AveragingRounds(steps, minibatches, Communicator.alone(), FREQUENCY);
        loop.train(minibatches.count(), progress);
        if (!loop.isFinite()) {
            throw new DivergedException(
                    "the loss became " + loop.lossSum() + " after " + loop.images() + " images of the epoch");
        }
        replica.publish();
        return new TrainedEpoch(
                loop.lossSum(),
                loop.images(),
                (System.nanoTime() - start) / 1e9,
                List.of(loop.times().alone()),
                List.of(WorkerDevice.here(RANK, replica.backend())),
                List.of());
    }

    @Override
    public void close() {
        // The replica belongs to the run, which evaluates with it too.
    }
}
