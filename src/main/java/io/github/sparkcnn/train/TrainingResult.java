package io.github.sparkcnn.train;

import io.github.sparkcnn.track.EpochMetrics;
import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * What a training run came to.
 *
 * @param output the run's folder
 * @param epochs the metrics of every epoch, in order
 * @param modelEpoch the epoch, counted from 1, whose parameters the saved model has: the last, or the best where that was asked for
 */
public record TrainingResult(Path output, List<EpochMetrics> epochs, int modelEpoch) {

    /** The last epoch's metrics. */
    public EpochMetrics last() {
        return epochs.get(epochs.size() - 1);
    }

    /** The metrics of the epoch that the saved model comes from. */
    public EpochMetrics ofModel() {
        return epochs.get(modelEpoch - 1);
    }
}
