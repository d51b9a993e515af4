package io.github.sparkcnn.train;

import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.data.ImageTable;
import io.github.sparkcnn.eval.Evaluation;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.model.ModelFolder;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.track.PartOfEpoch;
import io.github.sparkcnn.track.Versions;
import io.github.sparkcnn.train.listener.TrainingListener;
import io.github.sparkcnn.train.start.OptimizerInForce;
import io.github.sparkcnn.train.start.StartingNetwork;
import io.github.sparkcnn.train.strategy.DivergedException;
import io.github.sparkcnn.train.tracking.ParentRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** Trains on images that the caller has, and writes nothing: the same numbers as a {@link TrainingRun} of them. */
public final class TableTraining {

    private final Configuration configuration;
    private final Storage storage;
    private final Training training;

    /**
     * Prepares it; nothing happens yet.
     *
     * @param configuration whose {@code data.train} and {@code data.test} are names for messages; there is one for test images
     *     exactly where there are any
     */
    public TableTraining(
            SparkSession spark, Configuration configuration, Storage storage, List<TrainingListener> listeners) {
        Training.requireTrainable(configuration);
        this.configuration = configuration;
        this.storage = storage;
        List<TrainingListener> all = new ArrayList<>(listeners);
        ParentRun.listener(configuration, storage, Versions.all(spark.version()), this::notice)
                .ifPresent(all::add);
        this.training = new Training(JavaSparkContext.fromSparkContext(spark.sparkContext()), configuration, all);
    }

    private void notice(String text) {
        training.notice(text);
    }

    /**
     * Trains, and evaluates after every epoch.
     *
     * @param test evaluated on; where empty, what {@code data.validation-fraction} or {@code data.validation-last} holds out
     */
    public TrainedNetwork train(ImageTable images, Optional<ImageTable> test) {
        int workers = training.wake();
        StartingNetwork start = training.start(storage);
        try (training;
                TrainingImages dealt = TrainingImages.of(images, test, configuration, workers, 1)) {
            Network network = training.build(start, dealt);
            GoodEpochs epochs = new GoodEpochs(List.of(), PartOfEpoch.NONE, network);
            BestModel best = BestModel.inMemory(configuration.training(), training.stopping());
            Optional<Evaluation> evaluation = train(network, start.optimizer(), dealt, epochs, best);
            training.succeed();
            return new TrainedNetwork(
                    new ModelFolder.Saved(network, dealt.card(start.title(), configuration)),
                    epochs.metrics(),
                    best.epochLeft(epochs.count()),
                    evaluation.map(Evaluation::report));
        }
    }

    private Optional<Evaluation> train(
            Network network, OptimizerInForce optimizer, TrainingImages images, GoodEpochs epochs, BestModel best) {
        try {
            return training.train(
                    network, optimizer, images, epochs, best, Training.TO_THE_END, () -> Keepers.unasked(best));
        } catch (DivergedException e) {
            throw TrainingRun.diverged(epochs, e, "there is no model");
        }
    }
}
