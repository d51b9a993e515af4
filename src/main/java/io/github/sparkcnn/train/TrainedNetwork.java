package io.github.sparkcnn.train;

import io.github.sparkcnn.eval.EvaluationReport;
import io.github.sparkcnn.model.ModelFolder;
import io.github.sparkcnn.track.EpochMetrics;
import java.util.List;
import java.util.Optional;

/**
 * What a training came to, in memory.
 *
 * @param model the network, and what one must know to use it
 * @param epochs the metrics of every epoch, in order
 * @param modelEpoch the epoch, counted from 1, whose parameters the network has: the last, or the best where that was asked for
 * @param evaluation of the model on the test images, where there were any
 */
public record TrainedNetwork(
        ModelFolder.Saved model, List<EpochMetrics> epochs, int modelEpoch, Optional<EvaluationReport> evaluation) {

    public TrainedNetwork {
        epochs = List.copyOf(epochs);
    }
}
