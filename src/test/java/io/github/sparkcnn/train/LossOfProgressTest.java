package io.github.sparkcnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.track.EpochProgress;
import io.github.sparkcnn.track.StepMetrics;
import io.github.sparkcnn.train.listener.TrainingListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The loss that is told while an epoch goes on. */
class LossOfProgressTest extends SparkTest {

    private static final int IMAGES = 241;

    @TempDir
    static Path folder;

    private final SmallRuns runs = new SmallRuns(spark(), folder);
    private final Heard heard = new Heard();

    /** Everything of a run of two epochs. */
    private static final class Heard implements TrainingListener {
        private final Map<Integer, List<EpochProgress>> progress = new HashMap<>();
        private final List<StepMetrics> steps = new ArrayList<>();

        @Override
        public synchronized void progressed(int epoch, EpochProgress seen, long ofImages) {
            assertThat(ofImages).isEqualTo(IMAGES);
            progress.computeIfAbsent(epoch, key -> new ArrayList<>()).add(seen);
        }

        @Override
        public void stepsTrained(List<StepMetrics> more) {
            steps.addAll(more);
        }

        synchronized List<EpochProgress> of(EpochMetrics epoch) {
            return progress.get(epoch.epoch() - 1);
        }

        /** The mean over the first images of the epoch, as its points have it. */
        double loss(int epoch, long images) {
            long before = 0;
            double sum = 0;
            for (StepMetrics step : steps) {
                if (step.epoch() == epoch && step.images() <= images) {
                    sum += step.loss() * (step.images() - before);
                    before = step.images();
                }
            }
            assertThat(before).as("there is a point at this place").isEqualTo(images);
            return sum / images;
        }
    }

    @BeforeAll
    static void writeImages() throws IOException {
        StripedImages.writeCsv(folder.resolve("train.csv"), IMAGES, 1);
    }

    /** The oracle are the points of {@code steps.jsonl}, one after each round. */
    @ParameterizedTest
    @CsvSource({"local, 1, 1", "all-reduce, 1, 1", "all-reduce, 2, 3", "dl4j-averaging, 2, 2"})
    void isTheMeanOfAllWorkersImagesSoFar(String strategy, int workers, int frequency) {
        TrainingResult result = runs.heard(
                strategy + workers + frequency,
                heard,
                "data.train=" + folder.resolve("train.csv"),
                "training.epochs=2",
                "training.batch-size=8",
                "training.optimizer={name = sgd, learning-rate = 0.05}",
                "training.strategy=" + strategy,
                "training.workers=" + workers,
                "training.averaging-frequency=" + frequency,
                "tracking.loss-every=1");

        for (EpochMetrics epoch : result.epochs()) {
            assertThat(heard.of(epoch))
                    .isNotEmpty()
                    .allSatisfy(seen ->
                            assertThat(seen.loss()).isCloseTo(heard.loss(epoch.epoch(), seen.images()), within(1e-9)));
        }
        if (!strategy.equals("all-reduce")) { // whose workers tell it twice a second
            EpochMetrics last = result.epochs().get(1);
            List<EpochProgress> told = heard.of(last);
            assertThat(told.get(told.size() - 1).images()).isEqualTo(IMAGES);
            assertThat(told.get(told.size() - 1).loss()).isEqualTo(last.trainLoss());
        }
    }
}
