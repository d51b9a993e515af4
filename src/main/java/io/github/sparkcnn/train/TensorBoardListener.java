package io.github.sparkcnn.train;

import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.eval.Evaluation;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.NetworkNode;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.track.tensorboard.EventFile;
import io.github.sparkcnn.track.tensorboard.EventWriter;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * Shows a run in TensorBoard while it trains: curves, where the mean worker's time went, the distributions of every layer's
 * parameters, what the run was set to.
 * Writes in the driver, to any file system that Hadoop knows.
 */
final class TensorBoardListener implements TrainingListener {

    private final Path folder;
    private final Configuration configuration;
    private final org.apache.hadoop.conf.Configuration hadoop;
    private final TensorBoardImages images;
    private EventWriter events;
    private Optional<WorkerTimes> times = Optional.empty();

    TensorBoardListener(Path folder, Configuration configuration, org.apache.hadoop.conf.Configuration hadoop) {
        this.folder = folder;
        this.configuration = configuration;
        this.hadoop = hadoop;
        this.images = new TensorBoardImages(configuration.data().labels());
    }

    @Override
    public void epochTrained(EpochLoss loss, double seconds) {
        times = WorkerTimes.mean(loss.workers());
    }

    @Override
    public void epochEnded(EpochMetrics metrics, Network network) {
        if (events == null) { // not before: a run that is refused leaves nothing behind
            events = EventFile.create(folder, hadoop);
            events.hyperParameters(configuration.flat());
        }
        scalars(metrics);
        network.layerNodes().forEach(layer -> histograms(metrics.epoch(), layer));
        events.flush();
    }

    /** Into the same file: a TensorBoard that is reading goes on to the newest and leaves the others. */
    @Override
    public void examined(int epoch, PackedImages test, Evaluation examination) {
        images.write(events, epoch, test, examination);
        events.flush();
    }

    private void scalars(EpochMetrics metrics) {
        int epoch = metrics.epoch();
        events.scalar("loss/train", epoch, metrics.trainLoss());
        if (metrics.validationLoss() != null) {
            events.scalar("loss/validation", epoch, metrics.validationLoss());
            events.scalar("accuracy/validation", epoch, metrics.validationAccuracy());
        }
        events.scalar("learning_rate", epoch, metrics.learningRate());
        events.scalar("images_per_second", epoch, metrics.imagesPerSecond());
        times.ifPresent(mean -> {
            events.scalar("time/compute_seconds", epoch, mean.compute());
            events.scalar("time/averaging_seconds", epoch, mean.averaging());
            events.scalar("time/waiting_seconds", epoch, mean.waiting());
        });
    }

    private void histograms(int epoch, NetworkNode layer) {
        layer.parameters()
                .forEach((parameter, values) -> events.histogram(
                        layer.name() + "/" + parameter, epoch, values.ravel().toFloatVector()));
    }

    @Override
    public void ended() {
        if (events != null) {
            events.close();
            events = null;
        }
    }
}
