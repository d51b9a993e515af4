package io.github.sparkcnn.train.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.config.ElasticWorkers;
import io.github.sparkcnn.data.ImageReader;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.pack.Share;
import io.github.sparkcnn.eval.Evaluation;
import io.github.sparkcnn.eval.Mistake;
import io.github.sparkcnn.eval.PartialEvaluation;
import io.github.sparkcnn.eval.TestSet;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PixelScale;
import io.github.sparkcnn.io.Json;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.kernel.Engines;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.kernel.Kernels;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.kernel.update.UpdateRule;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.NetworkState;
import io.github.sparkcnn.network.architecture.Architectures;
import io.github.sparkcnn.network.schedule.StepRates;
import io.github.sparkcnn.track.PartOfEpoch;
import io.github.sparkcnn.train.RunImages;
import io.github.sparkcnn.train.SmallRuns;
import io.github.sparkcnn.train.StripedImages;
import io.github.sparkcnn.train.report.RunReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run's own images are dealt again as workers come and go: which are in a step, and what is said of the test images, stay the same. */
@Timeout(180)
class ElasticImagesTest extends SparkTest {

    /** Of 7 images are seven steps, of which two workers have 4 and 3; in an eighth, of one, the second has none. */
    private static final int IMAGES = 50;

    private static final int TOTAL = 7;
    private static final int STEPS = 8;

    /** Three batches, which two workers do not share alike. */
    private static final int TEST_IMAGES = 2 * TestSet.BATCH + 33;

    private static final List<String> NAMES =
            IntStream.range(0, 10).mapToObj(Integer::toString).toList();

    @TempDir
    static Path folder;

    private static Configuration configuration;
    private static TestSet inDriver;

    private final List<String> notices = new ArrayList<>();
    private volatile int slots;

    @BeforeAll
    static void readImages() throws IOException {
        Kernels.wake();
        StripedImages.writeCsv(folder.resolve("train.csv"), IMAGES, 1);
        StripedImages.writeCsv(folder.resolve("test.csv"), TEST_IMAGES, 2);
        configuration = configuration("train.csv", "data.test=" + folder.resolve("test.csv"));
        inDriver = new TestSet(
                Share.of(new ImageReader(spark(), Storage.ofLocalMaster(jsc().hadoopConfiguration()))
                        .read(ImageSource.train(configuration("test.csv").data()))
                        .collect()),
                PixelScale.UNIT,
                NAMES.size(),
                RunReport.MISTAKES);
    }

    private static Configuration configuration(String file, String... further) {
        List<String> all = new ArrayList<>(List.of(
                "data.train=" + folder.resolve(file),
                "training.total-batch-size=" + TOTAL,
                "training.averaging-frequency=1",
                "training.optimizer={name = sgd, learning-rate = 0.05, momentum = 0.9}"));
        all.addAll(List.of(further));
        return ConfigurationReader.read("test", "", all);
    }

    /** The state that an epoch left, and what was said of the test images then. */
    private record Ended(int workers, NetworkState state, String byWorkers, String byDriver) {}

    /** The oracle is one worker throughout. */
    @Test
    void aTotalIsOfTheSameStepsWhoeverIsThere() {
        List<Ended> alone = train(1, 1, 1);
        assertThat(notices).isEmpty();
        List<Ended> elastic = train(1, 2, 1);

        assertThat(elastic).extracting(Ended::workers).containsExactly(1, 2, 1);
        assertThat(notices).containsExactly("Workers: 2 instead of 1 from epoch 2 on, as the cluster has 2 slots");
        for (int epoch = 0; epoch < alone.size(); epoch++) {
            NetworkState expected = alone.get(epoch).state();
            NetworkState state = elastic.get(epoch).state();
            assertThat(state.iteration()).isEqualTo(expected.iteration()).isEqualTo((epoch + 1) * STEPS);
            assertThat(SmallRuns.furthest(state.parameters(), expected.parameters()))
                    .isLessThan(1e-5);
            assertThat(SmallRuns.furthest(state.updater(), expected.updater())).isLessThan(1e-5);
        }
    }

    /** Of the same state the driver says, to the last bit, what one worker says, then two, then the one of them that is left. */
    @Test
    void theWorkersThereAreSayOfTheTestImagesWhatTheDriverSays() {
        List<Ended> epochs = train(1, 2, 1, 2);

        assertThat(epochs).extracting(Ended::workers).containsExactly(1, 2, 1, 2);
        assertThat(epochs)
                .allSatisfy(epoch -> assertThat(epoch.byWorkers())
                        .contains("\"images\":" + TEST_IMAGES, " as ")
                        .isEqualTo(epoch.byDriver()));
    }

    /** The one that is left predicts what both had. */
    @Test
    void whoIsLeftAtAnEvaluationSaysWhatTheDriverSays() {
        Network network = network();
        slots = 2;
        try (RunImages images = RunImages.of(spark(), configuration, slots);
                Trainer trainer = elastic(network, images.dealt())) {
            trainer.train(epoch(0), watch());
            slots = 1;

            Ended ended = ended(network, trainer, 1);
            assertThat(ended.byWorkers()).contains("\"images\":" + TEST_IMAGES).isEqualTo(ended.byDriver());
        }
        assertThat(notices).containsExactly("Going on without 1 worker of 2: the cluster has 1 slot");
    }

    /** Those who come are there before an epoch begins; those who go have begun it. */
    private List<Ended> train(int... slotsByEpoch) {
        Network network = network();
        List<Ended> ended = new ArrayList<>();
        slots = slotsByEpoch[0];
        try (RunImages images = RunImages.of(spark(), configuration, slots);
                Trainer trainer = elastic(network, images.dealt())) {
            for (int number = 0; number < slotsByEpoch.length; number++) {
                slots = Math.max(slots, slotsByEpoch[number]);
                trainer.begin(epoch(number));
                slots = slotsByEpoch[number];
                int workers = trainer.train(epoch(number), watch()).workers().size();
                ended.add(ended(network, trainer, workers));
            }
        }
        return ended;
    }

    private static Ended ended(Network network, Trainer trainer, int workers) {
        String byWorkers = text(trainer.evaluate().orElseThrow());
        try (Replica replica = Engines.open(network, ImageShape.MNIST, KernelOptions.of(configuration.device(), 1))) {
            return new Ended(workers, NetworkState.of(network), byWorkers, text(inDriver.evaluate(replica)));
        }
    }

    /** The whole report, and the mistakes. */
    private static String text(PartialEvaluation part) {
        Evaluation evaluation = part.evaluation(NAMES);
        return Json.line(evaluation.report().toMap())
                + evaluation.mistakes().stream().map(ElasticImagesTest::text).collect(Collectors.joining(", "));
    }

    private static String text(Mistake mistake) {
        return mistake.index() + " as " + mistake.predicted() + " with " + mistake.probability();
    }

    /** Without dropout, whose masks are each worker's. */
    private static Network network() {
        return Architectures.build(
                "all-convolutional",
                ImageShape.MNIST,
                NAMES.size(),
                configuration.training().optimizer(),
                1);
    }

    private Trainer elastic(Network network, DealtImages images) {
        KernelOptions kernels = ReplicaOptions.ofWorker(jsc().getConf(), configuration, UpdateRule.PYTORCH);
        return new ElasticTrainer(
                new ElasticWorkers(1, 2, Duration.ofSeconds(9)),
                () -> slots,
                images,
                (dealt, lookout) -> new ImpatientTrainer(
                        new AllReduceTrainer(
                                jsc(),
                                network,
                                dealt,
                                configuration.training(),
                                kernels,
                                configuration.device().averaging(),
                                lookout),
                        dealt.workers(),
                        () -> slots));
    }

    private static Trainer.Epoch epoch(int number) {
        var constant = configuration.training().schedule().schedule().over(STEPS);
        double rate = configuration.training().optimizer().learningRate();
        return new Trainer.Epoch(number, new StepRates(constant, (long) number * STEPS, STEPS, rate), PartOfEpoch.NONE);
    }

    private Trainer.Watch watch() {
        return new NotedWatch(notices, IMAGES);
    }
}
