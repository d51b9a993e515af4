package io.github.sparkcnn.train;

import io.github.sparkcnn.config.TrainingConfig;
import io.github.sparkcnn.data.Minibatch;
import io.github.sparkcnn.data.Minibatches;
import io.github.sparkcnn.data.PackedImages;
import io.github.sparkcnn.data.PixelScale;
import io.github.sparkcnn.data.Seeds;
import io.github.sparkcnn.kernel.Replica;
import java.util.function.LongConsumer;

/** One replica in the driver, on all of its threads: the reference that the distributed strategies must equal. */
final class LocalTrainer implements Trainer {

    /** The only worker. */
    private static final int RANK = 0;

    private final Replica replica;
    private final Minibatches minibatches;
    private final long seed;

    LocalTrainer(Replica replica, PackedImages images, PixelScale scale, TrainingConfig training) {
        this.replica = replica;
        this.minibatches = new Minibatches(images, scale, training.batchSize(), training.dropLast());
        this.seed = training.seed();
    }

    @Override
    public EpochLoss train(int epoch, LongConsumer progress) {
        minibatches.startEpoch(seed, epoch, RANK);
        LossSum loss = new LossSum();
        for (int i = 0; i < minibatches.count(); i++) {
            Minibatch batch = minibatches.get(i);
            loss.add(batch, replica.step(batch, Seeds.of(seed, epoch, RANK, i)));
            progress.accept(loss.images());
        }
        return loss.total();
    }

    @Override
    public void close() {
        // The replica belongs to the run, which evaluates with it too.
    }
}
