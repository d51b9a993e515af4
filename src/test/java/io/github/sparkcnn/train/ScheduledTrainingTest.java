package io.github.sparkcnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.UserException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schedule's rate is the one that the optimizer steps by, whatever the strategy. */
class ScheduledTrainingTest extends SparkTest {

    private static final int IMAGES = 40;

    @TempDir
    Path folder;

    private SmallRuns runs;

    @BeforeEach
    void writeImages() throws IOException {
        StripedImages.writeCsv(folder.resolve("train.csv"), IMAGES, 1);
        runs = new SmallRuns(spark(), folder);
    }

    /** One step an epoch: at half the rate, the second goes half as far from where the first has ended. */
    @ParameterizedTest
    @ValueSource(strings = {"local", "all-reduce", "dl4j-averaging"})
    void halfTheRateGoesHalfAsFar(String strategy) {
        train("one", strategy, "training.epochs=1");
        train("constant", strategy, "training.epochs=2");
        train("halved", strategy, "training.epochs=2", "training.schedule={name=step,epochs=1,factor=0.5}");

        float[] one = runs.parameters("one");
        float[] constant = runs.parameters("constant");
        float[] expected = new float[one.length];
        for (int i = 0; i < one.length; i++) {
            expected[i] = (one[i] + constant[i]) / 2;
        }
        assertThat(SmallRuns.furthest(constant, one)).isGreaterThan(1e-3);
        assertThat(SmallRuns.furthest(runs.parameters("halved"), expected)).isLessThan(1e-6);
    }

    @Test
    void theStrategiesAgreeOnTheScheduledSteps() {
        String[] settings = {
            "training.epochs=2", "training.batch-size=16", "training.schedule={name=step,epochs=1,factor=0.5}"
        };
        for (String strategy : new String[] {"local", "all-reduce", "dl4j-averaging"}) {
            train(strategy, strategy, settings);
        }

        assertThat(runs.parameters("all-reduce")).isEqualTo(runs.parameters("local"));
        assertThat(runs.parameters("dl4j-averaging")).isEqualTo(runs.parameters("local"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cosine", "one-cycle"})
    void aScheduleOverAllEpochsIsNotStretchedByAResumption(String name) {
        String[] schedule = {"training.schedule.name=" + name, "training.batch-size=4"};
        train("begun", "local", "training.epochs=1", schedule[0], schedule[1]);

        assertThatThrownBy(() -> runs.resume("begun", settings("local", "training.epochs=2", schedule[0], schedule[1])))
                .isInstanceOf(UserException.class)
                .hasMessageContaining(": training.epochs was 1 and is 2. Set it back");
    }

    private void train(String name, String strategy, String... further) {
        runs.train(name, settings(strategy, further));
    }

    private String[] settings(String strategy, String... further) {
        String[] all = new String[6 + further.length];
        all[0] = "data.train=" + folder.resolve("train.csv");
        all[1] = "training.strategy=" + strategy;
        all[2] = "training.workers=1";
        all[3] = "training.batch-size=" + IMAGES;
        all[4] = "training.optimizer.name=sgd";
        all[5] = "training.optimizer.learning-rate=0.2";
        System.arraycopy(further, 0, all, 6, further.length);
        return all;
    }
}
