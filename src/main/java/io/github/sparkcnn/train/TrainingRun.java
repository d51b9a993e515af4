package io.github.sparkcnn.train;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.checkpoint.Checkpoints;
import io.github.sparkcnn.checkpoint.Origin;
import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.data.ImageReader;
import io.github.sparkcnn.data.ImageTable;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.eval.Evaluation;
import io.github.sparkcnn.io.Lease;
import io.github.sparkcnn.io.Sha256;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.track.Phases;
import io.github.sparkcnn.track.StepsFile;
import io.github.sparkcnn.track.Versions;
import io.github.sparkcnn.train.listener.CheckpointListener;
import io.github.sparkcnn.train.listener.MetricsListener;
import io.github.sparkcnn.train.listener.OrderedListeners;
import io.github.sparkcnn.train.listener.StepsListener;
import io.github.sparkcnn.train.listener.TensorBoardListener;
import io.github.sparkcnn.train.listener.TrainingListener;
import io.github.sparkcnn.train.report.ReportListener;
import io.github.sparkcnn.train.start.OptimizerInForce;
import io.github.sparkcnn.train.start.StartingNetwork;
import io.github.sparkcnn.train.strategy.DivergedException;
import io.github.sparkcnn.train.tracking.MlflowListener;
import io.github.sparkcnn.train.tracking.ParentRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** A training run, from the files to the folder with the model: the driver's story. */
public final class TrainingRun {

    private final SparkSession sql;
    private final JavaSparkContext spark;
    private final Configuration configuration;
    private final Storage storage;
    private final Path output;
    private final RunFolder folder;
    private final Checkpoints checkpoints;
    private final Training training;
    private final Phases phases;
    private final Optional<MlflowListener> tracking;
    private final int pause;
    private final int atOnce;

    /** Prepares a run; nothing happens yet. */
    public TrainingRun(
            SparkSession spark,
            Configuration configuration,
            Storage storage,
            Path output,
            List<TrainingListener> listeners) {
        this(spark, configuration, storage, output, listeners, ParentRun.NONE);
    }

    /** The same of a run that is tracked within another. */
    public TrainingRun(
            SparkSession spark,
            Configuration configuration,
            Storage storage,
            Path output,
            List<TrainingListener> listeners,
            ParentRun parent) {
        this(spark, configuration, storage, output, Training.TO_THE_END, 1, listeners, parent);
    }

    /**
     * Prepares a run that pauses: behind an epoch it leaves a checkpoint, whatever {@code training.checkpoint.every-epochs} says, and
     * no model. Resumed, it comes to what it would have come to without the pause, schedules that stretch over all epochs included.
     *
     * @param pause the epoch, counted from 1; a run that has as many behind it is left as it is
     * @param atOnce runs that are trained at the same time, this one among them, between which memory is shared out
     */
    public TrainingRun(
            SparkSession spark,
            Configuration configuration,
            Storage storage,
            Path output,
            int pause,
            int atOnce,
            List<TrainingListener> listeners,
            ParentRun parent) {
        this.sql = spark;
        this.spark = JavaSparkContext.fromSparkContext(spark.sparkContext());
        this.configuration = configuration;
        this.storage = storage;
        this.output = output;
        this.folder = new RunFolder(storage, output);
        this.checkpoints = new Checkpoints(storage, output);
        List<TrainingListener> all = new ArrayList<>(List.of(
                new TensorBoardListener(folder.tensorBoardPath(), this.spark.hadoopConfiguration()),
                new ReportListener(folder.report(), configuration, spark.sparkContext())));
        this.tracking = parent.listener(configuration, storage, output, Versions.all(spark.version()), this::notice);
        tracking.ifPresent(all::add);
        all.addAll(listeners);
        this.training = new Training(this.spark, configuration, all);
        this.phases = training.phases();
        this.pause = pause;
        this.atOnce = atOnce;
    }

    /** Trains, evaluates after every epoch, and leaves the run's folder behind. */
    public TrainingResult execute() {
        return alone(lease -> {
            folder.requireNew();
            tracking.ifPresent(MlflowListener::anew);
            return run(Resumption.fromTheStart(output), lease);
        });
    }

    /**
     * Goes on behind the newest whole checkpoint in the folder: the result is that of a run that was never interrupted. One that
     * ended before its first checkpoint starts from the beginning, and one that has come to its end is left as it is, as a
     * scheduler's second try has to.
     */
    public TrainingResult resume() {
        return alone(lease -> {
            Optional<FinishedRun> finished = complete();
            if (finished.isPresent()) {
                return run(Resumption.of(finished.get(), output), lease);
            }
            if (!checkpoints.isEmpty() || folder.isFinished()) {
                return goOn(lease);
            }
            training.notice("Resuming " + output + " from the beginning: it has no checkpoint yet");
            return run(Resumption.fromTheStart(output), lease);
        });
    }

    /** The same, but a folder without a checkpoint, or with a run that has come to its end, is refused. */
    public TrainingResult resumeOnly() {
        return alone(lease -> {
            complete().ifPresent(finished -> {
                throw Resumption.nothingLeft(output, finished, configuration.training());
            });
            return goOn(lease);
        });
    }

    private void notice(String text) {
        training.notice(text);
    }

    private Optional<FinishedRun> complete() {
        Optional<FinishedRun> complete = folder.finished().filter(run -> run.isComplete(configuration.training()));
        complete.ifPresent(run -> folder.requireWholeModel());
        return complete;
    }

    private TrainingResult goOn(Lease lease) {
        Resumption resumption = Resumption.fromNewest(checkpoints, output, training::notice);
        resumption.requireUnfinished(configuration.training(), folder);
        return run(resumption, lease);
    }

    /** Nobody else writes to the folder from before it is looked at until the run has ended. */
    private TrainingResult alone(Function<Lease, TrainingResult> work) {
        requireTrainable(configuration);
        folder.requireWritable();
        try (Lease lease = folder.take(training::notice)) {
            return work.apply(lease);
        }
    }

    /** Refuses, before any data are read, what can be known to be impossible from the configuration alone. */
    public static void requireTrainable(Configuration configuration) {
        Training.requireTrainable(configuration);
    }

    private TrainingResult run(Resumption resumption, Lease lease) {
        StepsFile steps = folder.steps();
        if (resumption.finished().isEmpty()) {
            steps.read(); // a damaged one is refused here, with nothing lost and no data read
        }
        int workers = training.wake();
        StartingNetwork start = training.start(storage);
        try (training;
                TrainingImages images = phases.time("read", () -> read(workers))) {
            Network network = training.build(start, images);
            Origin origin = origin(workers, network, images);
            resumption.requireSame(origin);
            if (resumption.finished().isPresent()) {
                return found(resumption.finished().get());
            }
            resumption.restore(network);
            GoodEpochs epochs = new GoodEpochs(resumption.epochs(), resumption.part(), network);
            FinalFiles files = new FinalFiles(
                    folder,
                    steps,
                    start.title(),
                    start.optimizer().inForce(configuration),
                    origin,
                    spark,
                    images,
                    phases,
                    training.devices());
            BestModel best = BestModel.in(
                    folder, images.card(start.title(), configuration), configuration.training(), training.stopping());
            Optional<Evaluation> evaluation =
                    train(network, start.optimizer(), images, origin, epochs, best, files, lease);
            lease.requireHeld();
            if (training.isPaused(epochs)) {
                tracking.ifPresent(MlflowListener::paused);
                return new TrainingResult(output, epochs.metrics(), epochs.count());
            }
            files.write(network, epochs.metrics(), evaluation);
            training.succeed();
            return new TrainingResult(output, epochs.metrics(), best.epochLeft(epochs.count()));
        }
    }

    private TrainingResult found(FinishedRun finished) {
        training.notice("Nothing is left to train in " + output + ": the run has come to its end, after epoch "
                + finished.epochs().size());
        return new TrainingResult(output, finished.epochs(), finished.modelEpoch(configuration.training()));
    }

    private TrainingImages read(int workers) {
        ImageReader reader = new ImageReader(sql, storage);
        ImageTable images = reader.read(ImageSource.train(configuration.data()));
        Optional<ImageTable> test =
                ImageSource.test(configuration.data()).map(source -> reader.read(source.beside(images.shape())));
        return TrainingImages.of(images, test, configuration, workers, atOnce);
    }

    /** What the run is begun with; of the network without Deeplearning4j's seeds, which are the time of day where nobody sets them. */
    private Origin origin(int workers, Network network, TrainingImages images) {
        String definition = network.definition().json().replaceAll("\"seed\"\\s*:\\s*-?\\d+", "");
        return new Origin(
                DecisiveKeys.of(configuration, workers), Sha256.of(definition), images.files(), images.count());
    }

    private Optional<Evaluation> train(
            Network network,
            OptimizerInForce optimizer,
            TrainingImages images,
            Origin origin,
            GoodEpochs epochs,
            BestModel best,
            FinalFiles files,
            Lease lease) {
        try {
            return training.train(network, optimizer, images, epochs, best, pause, () -> {
                lease.requireHeld();
                folder.reopen();
                return keepers(origin, epochs.metrics(), files.steps(), best, lease);
            });
        } catch (DivergedException e) {
            lease.requireHeld();
            throw fallBack(network, epochs, files, e);
        }
    }

    /** What has to outlive the run is written in this order, while the folder is this run's alone. */
    private Keepers keepers(Origin origin, List<EpochMetrics> before, StepsFile steps, BestModel best, Lease lease) {
        CheckpointListener writer =
                new CheckpointListener(checkpoints, configuration.training(), pause, origin, before);
        return new Keepers(
                lease::requireHeld,
                steps.keep(before.size()),
                new OrderedListeners(List.of(
                        new StepsListener(steps), MetricsListener.behind(before, folder.metrics()), best, writer)),
                writer::partTrained);
    }

    private UserException fallBack(Network network, GoodEpochs epochs, FinalFiles files, DivergedException why) {
        String kept = "no epoch was finished, so there is no model";
        if (epochs.title().isPresent()) {
            epochs.restore(network);
            files.writeFallback(network, epochs.metrics());
            kept = "the model of " + epochs.title().get() + " is in " + folder.modelPath();
        }
        return diverged(epochs, why, kept);
    }

    static UserException diverged(GoodEpochs epochs, DivergedException why, String kept) {
        UserException refusal = new UserException(
                "go on training in epoch " + (epochs.count() + 1),
                why.getMessage() + "; " + kept,
                "Lower training.optimizer.learning-rate or look at the data");
        refusal.initCause(why); // who trains several tells by it what happens again
        return refusal;
    }
}
