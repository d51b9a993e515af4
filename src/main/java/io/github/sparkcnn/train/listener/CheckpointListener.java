package io.github.sparkcnn.train.listener;

import io.github.sparkcnn.checkpoint.Checkpoint;
import io.github.sparkcnn.checkpoint.Checkpoints;
import io.github.sparkcnn.checkpoint.Origin;
import io.github.sparkcnn.config.TrainingConfig;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.NetworkState;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.track.PartOfEpoch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Writes a checkpoint after every so many epochs, after the last, from which a longer run can go on, after the one that a run pauses
 * behind, and of parts of an epoch.
 */
public final class CheckpointListener implements TrainingListener {

    private final Checkpoints checkpoints;
    private final TrainingConfig training;
    private final int pause;
    private final Origin origin;
    private final List<EpochMetrics> epochs;

    /**
     * Has written nothing yet.
     *
     * @param pause the epoch that the run pauses behind, counted from 1
     * @param before the epochs that need not be trained
     */
    public CheckpointListener(
            Checkpoints checkpoints, TrainingConfig training, int pause, Origin origin, List<EpochMetrics> before) {
        this.checkpoints = checkpoints;
        this.training = training;
        this.pause = pause;
        this.origin = origin;
        this.epochs = new ArrayList<>(before);
    }

    /** Writes one if it is time to, with the metrics of all epochs so far. */
    @Override
    public void epochEnded(EpochMetrics metrics, Network network) {
        epochs.add(metrics);
        int every = training.checkpoint().everyEpochs();
        boolean isDue = every > 0 && (metrics.epoch() % every == 0 || metrics.epoch() == training.epochs());
        if (isDue || metrics.epoch() == pause) {
            checkpoints.write(
                    checkpoint(PartOfEpoch.NONE, NetworkState.of(network)),
                    training.checkpoint().keep());
        }
    }

    /** Writes one of the part that is trained of the next epoch. */
    public void partTrained(PartOfEpoch part, NetworkState state) {
        checkpoints.write(checkpoint(part, state), training.checkpoint().keep());
    }

    private Checkpoint checkpoint(PartOfEpoch part, NetworkState state) {
        Double best = epochs.stream()
                .map(EpochMetrics::validationAccuracy)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
        return new Checkpoint(epochs.size(), part, state, training.seed(), best, origin, epochs);
    }
}
