package io.github.sparkcnn.train;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.checkpoint.Checkpoints;
import io.github.sparkcnn.checkpoint.Origin;
import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.data.augment.ImageAugmenter;
import io.github.sparkcnn.eval.Evaluation;
import io.github.sparkcnn.eval.EvaluationReport;
import io.github.sparkcnn.eval.TestSet;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.kernel.BackendReport;
import io.github.sparkcnn.kernel.Engines;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.kernel.RequiredBackend;
import io.github.sparkcnn.model.ModelCard;
import io.github.sparkcnn.network.Architectures;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.NetworkState;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.track.Manifest;
import io.github.sparkcnn.track.MetricsFile;
import io.github.sparkcnn.track.Phases;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** A training run, from the files to the model: the driver's story. */
public final class TrainingRun {

    private final SparkSession sql;
    private final JavaSparkContext spark;
    private final Configuration configuration;
    private final Storage storage;
    private final Path output;
    private final RunFolder folder;
    private final List<TrainingListener> listeners;
    private BackendReport backend;
    private LearningRateCourse rates;
    private final EarlyStopping stopping;
    private final BestModel best;
    private final Phases phases = new Phases();
    private final WorkerDevices devices = new WorkerDevices(this::notice);
    private final List<EpochMetrics> epochs = new ArrayList<>();

    /** Prepares a run; nothing happens yet. */
    public TrainingRun(
            SparkSession spark,
            Configuration configuration,
            Storage storage,
            Path output,
            List<TrainingListener> listeners) {
        this.sql = spark;
        this.spark = JavaSparkContext.fromSparkContext(spark.sparkContext());
        this.configuration = configuration;
        this.storage = storage;
        this.output = output;
        this.stopping = EarlyStopping.of(configuration);
        this.folder = new RunFolder(storage, output);
        this.best = new BestModel(configuration, stopping, folder);
        TrainingListener tensorBoard =
                new TensorBoardListener(folder.tensorBoardPath(), configuration, this.spark.hadoopConfiguration());
        this.listeners =
                Stream.concat(Stream.of(tensorBoard), listeners.stream()).toList();
    }

    /** Trains, evaluates after every epoch, and leaves the run's folder behind. */
    public TrainingResult execute() {
        requireTrainable(configuration);
        folder.requireNew();
        return run(Resumption.fromTheStart(output));
    }

    /** Goes on behind the newest whole checkpoint in the folder: the result is that of a run that was never interrupted. */
    public TrainingResult resume() {
        requireTrainable(configuration);
        Resumption resumption = Resumption.fromNewest(new Checkpoints(storage, output), output, this::notice);
        resumption.requireUnfinished(configuration.training(), folder);
        return run(resumption);
    }

    /** Refuses, before any data are read, what can be known to be impossible from the configuration alone. */
    public static void requireTrainable(Configuration configuration) {
        Architectures.requireKnown(configuration.network().name());
        LearningRateCourse.requireMeasured(configuration);
        Trainers.requireTrainable(configuration);
    }

    private TrainingResult run(Resumption resumption) {
        backend = RequiredBackend.wake(configuration.device());
        notice("Backend: " + backend);
        int workers = Trainers.workers(spark, configuration.training());
        Trainers.requireRoom(spark, configuration, workers);
        Trainers.ignoredWorkers(configuration.training()).ifPresent(this::notice);
        StartingNetwork start = phases.time("build", () -> StartingNetwork.of(storage, configuration));
        try (TrainingImages images =
                phases.time("read", () -> TrainingImages.read(sql, storage, configuration, output, workers))) {
            images.notices().forEach(this::notice);
            ImageAugmenter.requireUsable(configuration.training().augmentation(), images.shape());
            Network network = phases.time("build", () -> start.build(images.shape()));
            Origin origin = Origins.of(configuration, workers, network, images);
            resumption.requireSame(origin);
            resumption.restore(network);
            epochs.addAll(resumption.epochs());
            Checkpointing checkpointing =
                    new Checkpointing(new Checkpoints(storage, output), configuration.training(), origin);
            Optional<Evaluation> examination;
            try (Replica replica = phases.time(
                            "build",
                            () -> Engines.open(network, images.shape(), ReplicaOptions.ofDriver(configuration)));
                    Trainer trainer = phases.time(
                            "distribute", () -> Trainers.open(spark, images, configuration, network, replica))) {
                backend = replica.backend();
                devices.driver(backend);
                folder.reopen();
                Validation validation =
                        new Validation(images.test(), configuration.data().labels(), replica);
                train(images, network, validation, trainer, checkpointing);
                restoreBest(network, validation);
                examination = phases.time("evaluate", validation::examination);
            }
            leaveBehind(network, images, examination);
        } finally {
            listeners.forEach(TrainingListener::ended);
        }
        return new TrainingResult(output, List.copyOf(epochs), best.epochLeft(epochs.size()));
    }

    private void restoreBest(Network network, Validation validation) {
        if (best.isRestored()) {
            best.restore(network);
            validation.forget();
            notice("Restored the model of epoch " + stopping.bestEpoch());
        }
    }

    /** The manifest last: it says that the run has come to its end. */
    private void leaveBehind(Network network, TrainingImages images, Optional<Evaluation> examination) {
        phases.time("save", () -> folder.writeModel(network, card(images)));
        Manifest manifest = manifest(images);
        RunReport report = new RunReport(configuration, manifest);
        folder.writeReport(report.page(epochs, images.test().map(TestSet::images), examination));
        folder.writeManifest(manifest);
    }

    private void notice(String text) {
        listeners.forEach(listener -> listener.noticed(text));
    }

    private void train(
            TrainingImages images,
            Network network,
            Validation validation,
            Trainer trainer,
            Checkpointing checkpointing) {
        rates = new LearningRateCourse(configuration.training(), Trainers.iterations(images, configuration.training()));
        epochs.forEach(rates::epochEnded);
        epochs.forEach(stopping::epochEnded);
        MetricsFile metrics = folder.metrics();
        if (!epochs.isEmpty()) {
            metrics.rewrite(epochs);
        }
        NetworkState before = NetworkState.of(network);
        for (int epoch = epochs.size(); epoch < configuration.training().epochs() && !stopping.isDue(); epoch++) {
            phases.startEpoch();
            try {
                EpochMetrics ended = epoch(epoch, images, validation, trainer);
                NetworkState after = NetworkState.of(network);
                requireFinite(after);
                epochs.add(ended);
                rates.epochEnded(ended);
                phases.time("save", () -> {
                    metrics.add(ended);
                    best.epochEnded(ended, network, card(images));
                    checkpointing.epochEnded(after, epochs);
                });
                phases.time("tell", () -> {
                    listeners.forEach(listener -> listener.epochEnded(ended, network));
                    listeners.forEach(listener -> validation.tell(listener, ended.epoch()));
                });
                before = after;
            } catch (DivergedException e) {
                throw keepLastGood(epoch, before, network, images, e);
            }
            phases.endEpoch();
        }
        if (stopping.isDue()) {
            notice(stopping.toString());
        }
    }

    private EpochMetrics epoch(int epoch, TrainingImages images, Validation validation, Trainer trainer) {
        long start = System.nanoTime();
        EpochLoss loss = phases.time(
                "train",
                () -> trainer.train(
                        epoch,
                        rates.of(epoch),
                        seen -> listeners.forEach(l -> l.progressed(epoch, seen, images.count()))));
        double trainSeconds = secondsSince(start);
        tell(epoch, loss, trainSeconds);
        Optional<EvaluationReport> evaluation = phases.time("evaluate", validation::evaluate);
        return new EpochMetrics(
                epoch + 1,
                loss.mean(),
                evaluation.map(EvaluationReport::loss).orElse(null),
                evaluation.map(EvaluationReport::accuracy).orElse(null),
                rates.atEndOf(epoch),
                loss.images(),
                secondsSince(start),
                loss.images() / trainSeconds);
    }

    private void tell(int epoch, EpochLoss loss, double seconds) {
        loss.failures().forEach(reason -> notice("Epoch " + (epoch + 1) + " was repeated: " + reason));
        devices.epochTrained(loss.devices());
        WorkerTimes.mean(loss.workers()).ifPresent(mean -> {
            phases.add("train.steps", mean.steps());
            phases.add("train.minibatches", mean.minibatches());
            phases.add("train.averaging", mean.averaging());
            phases.add("train.waiting", mean.waiting());
        });
        listeners.forEach(listener -> listener.epochTrained(loss, seconds));
    }

    private static void requireFinite(NetworkState state) {
        if (!state.isFinite()) {
            throw new DivergedException("a parameter is no longer a number");
        }
    }

    private UserException keepLastGood(
            int epoch, NetworkState before, Network network, TrainingImages images, DivergedException why) {
        String kept = "no epoch was finished, so there is no model";
        if (epoch > 0) {
            before.applyTo(network);
            folder.writeModel(network, card(images));
            folder.writeManifest(manifest(images));
            kept = "the model of epoch " + epoch + " is in " + folder.modelPath();
        }
        return new UserException(
                "go on training in epoch " + (epoch + 1),
                why.getMessage() + "; " + kept,
                "Lower training.optimizer.learning-rate or look at the data");
    }

    private ModelCard card(TrainingImages images) {
        ModelCard card = ModelCard.unsaved(
                configuration.network().name(), configuration.data().labels(), images.shape(), images.scale());
        return configuration.data().resize().isPresent() ? card.resizing() : card;
    }

    private Manifest manifest(TrainingImages images) {
        return Manifests.of(configuration, images, spark, phases, backend, devices.last());
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
