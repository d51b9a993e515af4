package io.github.sparkcnn.train.listener;

import io.github.sparkcnn.eval.Evaluation;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.track.StepMetrics;
import io.github.sparkcnn.track.TrainedEpoch;
import io.github.sparkcnn.track.WorkerTimes;
import io.github.sparkcnn.track.tensorboard.EventFile;
import io.github.sparkcnn.track.tensorboard.EventWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Shows a run in TensorBoard while it trains: curves, where the mean worker's time went, the distributions of every layer's
 * parameters, what the run was set to.
 * Writes in the driver, to any file system that Hadoop knows.
 */
public final class TensorBoardListener implements TrainingListener {

    private final Path folder;
    private final Configuration hadoop;
    private final TensorBoardImages images = new TensorBoardImages();
    private Map<String, Object> settings = Map.of();
    private EventWriter events;
    private Optional<WorkerTimes> times = Optional.empty();

    /** Writes into the folder, with the first epoch and not before. */
    public TensorBoardListener(Path folder, Configuration hadoop) {
        this.folder = folder;
        this.hadoop = hadoop;
    }

    @Override
    public void started(Map<String, Object> inForce) {
        settings = inForce;
    }

    @Override
    public void epochTrained(TrainedEpoch trained, double seconds) {
        times = WorkerTimes.mean(trained.workers());
    }

    /** Its steps count minibatches, where those of all other scalars count epochs. */
    @Override
    public void stepsTrained(List<StepMetrics> steps) {
        open();
        steps.forEach(step -> events.scalar("loss/step", step.step(), step.loss()));
        events.flush();
    }

    /** Not before the first epoch: a run that is refused leaves nothing behind. */
    private void open() {
        if (events == null) {
            events = EventFile.create(folder, hadoop);
            events.hyperParameters(settings);
        }
    }

    @Override
    public void epochEnded(EpochMetrics metrics, Network network) {
        open();
        scalars(metrics);
        network.showParameters((name, values) -> events.histogram(name, metrics.epoch(), values));
        events.flush();
    }

    /** Into the same file: a TensorBoard that is reading goes on to the newest and leaves the others. */
    @Override
    public void evaluated(int epoch, PackedImages samples, Evaluation evaluation) {
        images.write(events, epoch, samples, evaluation);
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

    @Override
    public void ended() {
        if (events != null) {
            events.close();
            events = null;
        }
    }
}
