package io.github.sparkcnn.train;

import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.config.DeviceConfig;
import io.github.sparkcnn.config.NetworkConfig;
import io.github.sparkcnn.config.TrainingConfig;
import io.github.sparkcnn.data.augment.ImageAugmenter;
import io.github.sparkcnn.data.format.ImageFormats;
import io.github.sparkcnn.device.ClusterProbe;
import io.github.sparkcnn.eval.Evaluation;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.kernel.Engines;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.kernel.RequiredBackend;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.architecture.Architecture;
import io.github.sparkcnn.track.Phases;
import io.github.sparkcnn.train.listener.DeviceWatch;
import io.github.sparkcnn.train.listener.OrderedListeners;
import io.github.sparkcnn.train.listener.PhaseListener;
import io.github.sparkcnn.train.listener.TrainingListener;
import io.github.sparkcnn.train.report.SparkTab;
import io.github.sparkcnn.train.start.OptimizerInForce;
import io.github.sparkcnn.train.start.StartingNetwork;
import io.github.sparkcnn.train.strategy.ReplicaOptions;
import io.github.sparkcnn.train.strategy.Trainer;
import io.github.sparkcnn.train.strategy.TrainingStrategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;

/** What every training does, wherever its images come from and its network goes: one step a method, in this order. */
final class Training implements AutoCloseable {

    /** No pause. */
    static final int TO_THE_END = Integer.MAX_VALUE;

    private final JavaSparkContext spark;
    private final Configuration configuration;
    private final TrainingStrategy strategy;
    private final EarlyStopping stopping;
    private final Phases phases = new Phases();
    private final DeviceWatch devices = new DeviceWatch(this::notice);
    private final TrainingListener listeners;

    /** Nothing happens yet. */
    Training(JavaSparkContext spark, Configuration configuration, List<TrainingListener> listeners) {
        this.spark = spark;
        this.configuration = configuration;
        this.strategy = TrainingStrategy.of(configuration);
        this.stopping = EarlyStopping.of(configuration);
        List<TrainingListener> all = new ArrayList<>(List.of(
                devices,
                new PhaseListener(phases),
                new SparkTab(spark.sc(), configuration.training().epochs())));
        all.addAll(listeners);
        this.listeners = new OrderedListeners(all);
    }

    /** Refuses, before any data are read, what can be known to be impossible from the configuration alone. */
    static void requireTrainable(Configuration configuration) {
        ImageFormats.requireKnown(configuration.data().format());
        Engines.requireKnown(configuration.device());
        LearningRateCourse.requireMeasured(configuration);
        TestImages.requireAny(configuration);
        TrainingStrategy strategy = TrainingStrategy.of(configuration);
        strategy.requireCheckpointing();
        strategy.requireElasticity();
        NetworkConfig network = configuration.network();
        if (network.definition().isEmpty() && network.pretrained().isEmpty()) {
            Architecture named = network.architecture();
            strategy.requireTrainable(named.name(), named.isSequential());
        }
    }

    /** Wakes the backend and finds room for the workers, whose number comes back. */
    int wake() {
        DeviceConfig device = configuration.device();
        notice("Backend: "
                + (ReplicaOptions.driverTrains(configuration)
                        ? RequiredBackend.wakeToCompute(device)
                        : RequiredBackend.wake(device)));
        ClusterProbe cluster = new ClusterProbe(spark.sc());
        int workers = strategy.workers(cluster);
        configuration.training().batch().requireSharedBy(workers);
        strategy.requireRoom(cluster, workers);
        strategy.notice(workers).ifPresent(this::notice);
        if (!cluster.isLocal()) {
            strategy.noticeOnCluster(workers).ifPresent(this::notice);
        }
        return workers;
    }

    /** Finds the network to start from, and tells whose optimizer trains it. */
    StartingNetwork start(Storage storage) {
        StartingNetwork start = phases.time("build", () -> StartingNetwork.of(storage, configuration));
        strategy.requireTrainable(start.title(), start.isSequential());
        OptimizerInForce optimizer = start.optimizer();
        optimizer.notice().ifPresent(this::notice);
        listeners.started(optimizer.inForce(configuration).flat());
        return start;
    }

    /** Builds the network for these images, once they are fit to be trained on. */
    Network build(StartingNetwork start, TrainingImages images) {
        images.notices().forEach(this::notice);
        images.requireClasses(configuration);
        images.requireMinibatch(configuration.training());
        images.noticeOfLoss(configuration).ifPresent(this::notice);
        ImageAugmenter.requireUsable(configuration.training().augmentation(), images.shape());
        return phases.time(
                "build", () -> start.build(images.shape(), images.classes().size()));
    }

    /**
     * Trains what is left; the network is then the one to leave behind, and what comes back is how it does on the test set. Where it
     * pauses, nothing comes back.
     *
     * @param optimizer that trains the network
     * @param epochs that are done, to which the others are added
     * @param pause the epoch to pause behind, counted from 1, or {@link #TO_THE_END}
     * @param keepers of what has to outlive the training; asked for when all is ready
     * @throws io.github.sparkcnn.train.strategy.DivergedException from an epoch that is then not among them
     */
    Optional<Evaluation> train(
            Network network,
            OptimizerInForce optimizer,
            TrainingImages images,
            GoodEpochs epochs,
            BestModel best,
            int pause,
            Supplier<Keepers> keepers) {
        TrainingConfig training = configuration.training();
        try (Replica replica = phases.time(
                        "build",
                        () -> Engines.open(
                                network, images.shape(), ReplicaOptions.ofDriver(configuration, optimizer.rule())));
                Trainer trainer = phases.time(
                        "distribute",
                        () -> strategy.open(spark, images.dealt(configuration), network, replica, optimizer.rule()))) {
            devices.driver(replica.backend());
            Evaluator evaluator = new Evaluator(images.test(), images.classes().names(), trainer, replica);
            Keepers kept = keepers.get();
            listeners.begun(images.files());
            if (epochs.count() > 0) {
                listeners.resumed(epochs.metrics(), kept.steps());
            }
            new EpochLoop(
                            network,
                            images.count(),
                            trainer,
                            evaluator,
                            new LearningRateCourse(optimizer, images.iterations(training)),
                            stopping,
                            kept,
                            listeners,
                            phases)
                    .run(epochs, Math.min(pause, training.epochs()));
            if (isPaused(epochs)) {
                return Optional.empty();
            }
            restore(best, network, evaluator);
            return phases.time("evaluate", evaluator::latest);
        }
    }

    /** Whether there is something left to train. */
    boolean isPaused(GoodEpochs epochs) {
        return epochs.count() < configuration.training().epochs() && !stopping.isDue();
    }

    private void restore(BestModel best, Network network, Evaluator evaluator) {
        if (best.isRestored()) {
            best.restore(network);
            evaluator.forget();
            notice("Restored the model of epoch " + stopping.bestEpoch());
        }
    }

    /** Tells all listeners. */
    void notice(String text) {
        listeners.noticed(text);
    }

    /** Tells all listeners that it has come to its end, with all that it leaves. */
    void succeed() {
        listeners.succeeded();
    }

    /** Tells all listeners that nothing more comes. */
    @Override
    public void close() {
        listeners.ended();
    }

    EarlyStopping stopping() {
        return stopping;
    }

    Phases phases() {
        return phases;
    }

    DeviceWatch devices() {
        return devices;
    }
}
