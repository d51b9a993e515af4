package io.github.sparkcnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.track.StepMetrics;
import io.github.sparkcnn.track.StepsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LossWithinEpochTest extends SparkTest {

    private static final int IMAGES = 241;

    @TempDir
    static Path folder;

    private final SmallRuns runs = new SmallRuns(spark(), folder);

    @BeforeAll
    static void writeImages() throws IOException {
        StripedImages.writeCsv(folder.resolve("train.csv"), IMAGES, 1);
    }

    private TrainingResult train(String name, String... settings) {
        List<String> all = new ArrayList<>(List.of(
                "data.train=" + folder.resolve("train.csv"),
                "training.epochs=2",
                "training.batch-size=8",
                "training.optimizer={name = sgd, learning-rate = 0.05}",
                "training.schedule={name = cosine}"));
        all.addAll(Arrays.asList(settings));
        return runs.train(name, all.toArray(String[]::new));
    }

    private static List<StepMetrics> steps(String run) {
        Storage storage = Storage.ofLocalMaster(jsc().hadoopConfiguration());
        return new StepsFile(
                        storage,
                        storage.path(folder.resolve(run).resolve("steps.jsonl").toString()))
                .read();
    }

    /** The oracle is {@code metrics.jsonl}: the mean of an epoch's points, weighted by their images, is its loss, and the last point is its end. */
    @ParameterizedTest
    @CsvSource({
        "local, 1, 1, 3, 11, 31",
        "all-reduce, 2, 1, 3, 6, 16",
        "all-reduce, 2, 4, 3, 4, 16",
        "all-reduce, 2, 1, 1, 16, 16",
        "dl4j-averaging, 2, 2, 4, 4, 16"
    })
    void thePointsOfAnEpochComeToItsLoss(
            String strategy, int workers, int frequency, int every, int points, int stepsOfEpoch) {
        String name = strategy + workers + frequency + every;
        TrainingResult result = train(
                name,
                "training.strategy=" + strategy,
                "training.workers=" + workers,
                "training.averaging-frequency=" + frequency,
                "tracking.loss-every=" + every);

        for (EpochMetrics epoch : result.epochs()) {
            List<StepMetrics> within = steps(name).stream()
                    .filter(step -> step.epoch() == epoch.epoch())
                    .toList();
            assertThat(within).hasSize(points);
            long images = 0;
            double lossSum = 0;
            for (StepMetrics step : within) {
                lossSum += step.loss() * (step.images() - images);
                images = step.images();
            }
            StepMetrics last = within.get(within.size() - 1);
            assertThat(images).isEqualTo(epoch.images()).isEqualTo(IMAGES);
            assertThat(lossSum / images).isCloseTo(epoch.trainLoss(), within(1e-9));
            assertThat(last.step()).isEqualTo((long) stepsOfEpoch * epoch.epoch());
            assertThat(last.learningRate()).isEqualTo(epoch.learningRate());
            assertThat(within.get(0).learningRate()).isGreaterThan(last.learningRate());
        }
    }

    /** The same images in the same steps, and averaged after each: two workers then do what one does, and their points are its. */
    @Test
    void twoWorkersHaveThePointsOfOneThatSeesTheirImages() {
        train("one", "training.batch-size=null", "training.total-batch-size=16", "training.strategy=local");
        train(
                "two",
                "training.batch-size=null",
                "training.total-batch-size=16",
                "training.strategy=all-reduce",
                "training.workers=2");

        List<StepMetrics> one = steps("one");
        List<StepMetrics> two = steps("two");
        assertThat(one).as("one after each of 16 steps: fifty would be more").hasSize(32);
        assertThat(two).hasSameSizeAs(one);
        for (int i = 0; i < one.size(); i++) {
            assertThat(two.get(i).images()).isEqualTo(one.get(i).images());
            assertThat(two.get(i).step()).isEqualTo(one.get(i).step());
            assertThat(two.get(i).loss()).isCloseTo(one.get(i).loss(), within(1e-4));
        }
    }

    @Test
    void fiftyPointsAnEpochAreUsual() throws IOException {
        train("usual", "training.batch-size=2");

        assertThat(steps("usual")).hasSize(2 * 49); // 241 images, a point after 6, 10, 16, 20 …
        assertThat(Files.readString(folder.resolve("usual/report.html")))
                .contains("<polyline", "Training loss within the epochs in figures");
    }

    @Test
    void offThereIsNoFileAndNothingOfItInTheReport() throws IOException {
        train("off", "tracking.loss-every=0");

        assertThat(folder.resolve("off/steps.jsonl")).doesNotExist();
        assertThat(Files.readString(folder.resolve("off/report.html"))).doesNotContain("within the epochs");
        assertThat(folder.resolve("off/metrics.jsonl")).exists();
    }

    @Test
    void aRunThatGoesOnHasThePointsOfOneThatWasNeverInterrupted() throws IOException {
        String[] settings = {"training.epochs=3", "training.schedule={name = constant}", "tracking.loss-every=4"};
        train("whole", settings);
        train("resumed", "training.epochs=2", "training.schedule={name = constant}", "tracking.loss-every=4");
        List<String> all = new ArrayList<>(List.of(
                "data.train=" + folder.resolve("train.csv"),
                "training.batch-size=8",
                "training.optimizer={name = sgd, learning-rate = 0.05}"));
        all.addAll(Arrays.asList(settings));
        runs.resume("resumed", all.toArray(String[]::new));

        assertThat(folder.resolve("resumed/steps.jsonl")).hasSameTextualContentAs(folder.resolve("whole/steps.jsonl"));
        assertThat(steps("resumed")).extracting(StepMetrics::epoch).contains(1, 2, 3);
    }

    /** It is no longer a finished run once its manifest is gone. */
    @Test
    void aDamagedFileIsRefusedBeforeAnythingOfTheRunIsTakenAway() throws IOException {
        train("damaged", "training.schedule={name = constant}");
        Path manifest = folder.resolve("damaged/manifest.json");
        String before = Files.readString(manifest);
        Files.writeString(folder.resolve("damaged/steps.jsonl"), "x\n", StandardOpenOption.APPEND);

        assertThatThrownBy(() -> runs.resume(
                        "damaged",
                        "data.train=" + folder.resolve("train.csv"),
                        "training.epochs=3",
                        "training.batch-size=8",
                        "training.optimizer={name = sgd, learning-rate = 0.05}",
                        "training.schedule={name = constant}"))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot read ")
                .hasMessageContaining("steps.jsonl: it is damaged (")
                .hasMessageEndingWith("it only tells how the loss went within the epochs.");
        assertThat(manifest).hasContent(before);
    }
}
