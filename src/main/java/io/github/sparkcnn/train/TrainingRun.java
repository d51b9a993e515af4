package io.github.sparkcnn.train;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.checkpoint.Checkpoints;
import io.github.sparkcnn.checkpoint.Origin;
import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.config.NetworkConfig;
import io.github.sparkcnn.config.TrainingConfig;
import io.github.sparkcnn.data.augment.ImageAugmenter;
import io.github.sparkcnn.data.format.ImageFormats;
import io.github.sparkcnn.device.ClusterProbe;
import io.github.sparkcnn.eval.Evaluation;
import io.github.sparkcnn.io.Sha256;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.kernel.Engines;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.kernel.RequiredBackend;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.architecture.Architecture;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.track.Phases;
import io.github.sparkcnn.train.listener.CheckpointListener;
import io.github.sparkcnn.train.listener.DeviceWatch;
import io.github.sparkcnn.train.listener.MetricsListener;
import io.github.sparkcnn.train.listener.OrderedListeners;
import io.github.sparkcnn.train.listener.PhaseListener;
import io.github.sparkcnn.train.listener.TensorBoardListener;
import io.github.sparkcnn.train.listener.TrainingListener;
import io.github.sparkcnn.train.strategy.DivergedException;
import io.github.sparkcnn.train.strategy.ReplicaOptions;
import io.github.sparkcnn.train.strategy.Trainer;
import io.github.sparkcnn.train.strategy.TrainingStrategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    private final Checkpoints checkpoints;
    private final TrainingStrategy strategy;
    private final EarlyStopping stopping;
    private final Phases phases = new Phases();
    private final DeviceWatch devices = new DeviceWatch(this::notice);
    private final TrainingListener listeners;

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
        this.folder = new RunFolder(storage, output);
        this.checkpoints = new Checkpoints(storage, output);
        this.strategy = TrainingStrategy.of(configuration);
        this.stopping = EarlyStopping.of(configuration);
        List<TrainingListener> all = new ArrayList<>(List.of(
                devices,
                new PhaseListener(phases),
                new TensorBoardListener(folder.tensorBoardPath(), configuration, this.spark.hadoopConfiguration())));
        all.addAll(listeners);
        this.listeners = new OrderedListeners(all);
    }

    /** Trains, evaluates after every epoch, and leaves the run's folder behind. */
    public TrainingResult execute() {
        requireTrainable(configuration);
        folder.requireNew();
        return run(Resumption.fromTheStart(output));
    }

    /**
     * Goes on behind the newest whole checkpoint in the folder: the result is that of a run that was never interrupted. One that
     * ended before its first checkpoint starts from the beginning, as a scheduler's second try has to.
     */
    public TrainingResult resume() {
        if (!checkpoints.isEmpty() || folder.isFinished()) {
            return resumeOnly();
        }
        requireTrainable(configuration);
        folder.requireWritable();
        notice("Resuming " + output + " from the beginning: it has no checkpoint yet");
        return run(Resumption.fromTheStart(output));
    }

    /** The same, but a folder without a checkpoint is refused. */
    public TrainingResult resumeOnly() {
        requireTrainable(configuration);
        Resumption resumption = Resumption.fromNewest(checkpoints, output, this::notice);
        resumption.requireUnfinished(configuration.training(), folder);
        return run(resumption);
    }

    /** Refuses, before any data are read, what can be known to be impossible from the configuration alone. */
    public static void requireTrainable(Configuration configuration) {
        ImageFormats.requireKnown(configuration.data().format());
        Engines.requireKnown(configuration.device().kernels());
        LearningRateCourse.requireMeasured(configuration);
        NetworkConfig network = configuration.network();
        if (network.definition().isEmpty() && network.pretrained().isEmpty()) {
            Architecture named = network.architecture();
            TrainingStrategy.of(configuration).requireTrainable(named.name(), named.isSequential());
        }
    }

    private TrainingResult run(Resumption resumption) {
        requireBackend();
        int workers = findWorkers();
        StartingNetwork start = phases.time("build", () -> StartingNetwork.of(storage, configuration));
        strategy.requireTrainable(start.title(), start.isSequential());
        start.optimizer().notice().ifPresent(this::notice);
        try (TrainingImages images =
                phases.time("read", () -> TrainingImages.read(sql, storage, configuration, workers))) {
            images.notices().forEach(this::notice);
            images.requireClasses(configuration);
            images.requireMinibatch(configuration.training());
            ImageAugmenter.requireUsable(configuration.training().augmentation(), images.shape());
            Network network = phases.time(
                    "build", () -> start.build(images.shape(), images.classes().size()));
            Origin origin = origin(workers, network, images);
            resumption.requireSame(origin);
            resumption.restore(network);
            GoodEpochs epochs = new GoodEpochs(resumption.epochs(), network);
            FinalFiles files = new FinalFiles(folder, start.title(), configuration, spark, images, phases, devices);
            BestModel best = new BestModel(configuration.training(), stopping, folder, files.card());
            Optional<Evaluation> evaluation = train(network, start.optimizer(), images, origin, epochs, best, files);
            files.write(network, epochs.metrics(), evaluation);
            return new TrainingResult(output, epochs.metrics(), best.epochLeft(epochs.count()));
        } finally {
            listeners.ended();
        }
    }

    private void requireBackend() {
        notice("Backend: " + RequiredBackend.wake(configuration.device()));
    }

    private int findWorkers() {
        ClusterProbe cluster = new ClusterProbe(spark.sc());
        int workers = strategy.workers(cluster);
        strategy.requireRoom(cluster, workers);
        strategy.notice(workers).ifPresent(this::notice);
        return workers;
    }

    /** What the run is begun with; of the network without Deeplearning4j's seeds, which are the time of day where nobody sets them. */
    private Origin origin(int workers, Network network, TrainingImages images) {
        String definition = network.definition().json().replaceAll("\"seed\"\\s*:\\s*-?\\d+", "");
        return new Origin(
                DecisiveKeys.of(configuration, workers), Sha256.of(definition), images.files(), images.count());
    }

    /** Trains what is left; the network is then the one to leave behind, and what comes back is how it does on the test set. */
    private Optional<Evaluation> train(
            Network network,
            OptimizerInForce optimizer,
            TrainingImages images,
            Origin origin,
            GoodEpochs epochs,
            BestModel best,
            FinalFiles files) {
        TrainingConfig training = configuration.training();
        try (Replica replica = phases.time(
                        "build",
                        () -> Engines.open(
                                network, images.shape(), ReplicaOptions.ofDriver(configuration, optimizer.rule())));
                Trainer trainer = phases.time(
                        "distribute",
                        () -> strategy.open(
                                spark, images.shares(), images.plan(training), network, replica, optimizer.rule()))) {
            devices.driver(replica.backend());
            folder.reopen();
            Evaluator evaluator = new Evaluator(images.test(), images.classes().names(), replica);
            new EpochLoop(
                            network,
                            images.count(),
                            trainer,
                            evaluator,
                            new LearningRateCourse(optimizer, images.iterations(training)),
                            stopping,
                            keepers(origin, epochs.metrics(), best),
                            listeners,
                            phases)
                    .run(epochs, training.epochs());
            restore(best, network, evaluator);
            return phases.time("evaluate", evaluator::latest);
        } catch (DivergedException e) {
            throw fallBack(network, epochs, files, e);
        }
    }

    /** What has to outlive the run is written in this order, before anybody is told of an epoch. */
    private TrainingListener keepers(Origin origin, List<EpochMetrics> before, BestModel best) {
        return new OrderedListeners(List.of(
                MetricsListener.behind(before, folder.metrics()),
                best,
                new CheckpointListener(checkpoints, configuration.training(), origin, before)));
    }

    private void restore(BestModel best, Network network, Evaluator evaluator) {
        if (best.isRestored()) {
            best.restore(network);
            evaluator.forget();
            notice("Restored the model of epoch " + stopping.bestEpoch());
        }
    }

    private UserException fallBack(Network network, GoodEpochs epochs, FinalFiles files, DivergedException why) {
        String kept = "no epoch was finished, so there is no model";
        if (epochs.count() > 0) {
            epochs.restore(network);
            files.writeFallback(network);
            kept = "the model of epoch " + epochs.count() + " is in " + folder.modelPath();
        }
        return new UserException(
                "go on training in epoch " + (epochs.count() + 1),
                why.getMessage() + "; " + kept,
                "Lower training.optimizer.learning-rate or look at the data");
    }

    private void notice(String text) {
        listeners.noticed(text);
    }
}
