package io.github.sparkcnn.train;

import io.github.sparkcnn.track.EpochMetrics;
import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * What a training run came to.
 *
 * @param output the run's folder
 * @param epochs the metrics of every epoch, in order
 */
public record TrainingResult(Path output, List<EpochMetrics> epochs) {

    /** The last epoch's metrics. */
    public EpochMetrics last() {
        return epochs.get(epochs.size() - 1);
    }
}
