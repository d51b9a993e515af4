package io.github.sparkcnn.train;

import io.github.sparkcnn.checkpoint.Checkpoint;
import io.github.sparkcnn.checkpoint.Checkpoints;
import io.github.sparkcnn.checkpoint.Origin;
import io.github.sparkcnn.config.TrainingConfig;
import io.github.sparkcnn.network.NetworkState;
import io.github.sparkcnn.track.EpochMetrics;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Writes a checkpoint after every so many epochs, and after the last, from which a longer run can go on. */
final class Checkpointing {

    private final Checkpoints checkpoints;
    private final TrainingConfig training;
    private final Origin origin;

    Checkpointing(Checkpoints checkpoints, TrainingConfig training, Origin origin) {
        this.checkpoints = checkpoints;
        this.training = training;
        this.origin = origin;
    }

    /** Writes one if it is time to, with the metrics of all epochs so far. */
    void epochEnded(NetworkState network, List<EpochMetrics> epochs) {
        int every = training.checkpoint().everyEpochs();
        int epoch = epochs.size();
        if (every > 0 && (epoch % every == 0 || epoch == training.epochs())) {
            checkpoints.write(
                    checkpoint(epoch, network, epochs), training.checkpoint().keep());
        }
    }

    private Checkpoint checkpoint(int epoch, NetworkState network, List<EpochMetrics> epochs) {
        Double best = epochs.stream()
                .map(EpochMetrics::validationAccuracy)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
        return new Checkpoint(epoch, network, training.seed(), best, origin, epochs);
    }
}
