package io.github.sparkcnn.train.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.train.SmallRuns;
import io.github.sparkcnn.train.StripedImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Running statistics are averaged with the parameters. */
class BatchNormAveragingTest extends SparkTest {

    @TempDir
    Path folder;

    private SmallRuns runs;

    @BeforeEach
    void prepare() {
        runs = new SmallRuns(spark(), folder);
    }

    @Test
    void allReduceEqualsDeeplearning4jsAveraging() throws IOException {
        StripedImages.writeCsv(folder.resolve("even.csv"), 64, 1);
        for (String strategy : new String[] {"all-reduce", "dl4j-averaging"}) {
            train(strategy, "even.csv", 2, "training.strategy=" + strategy, "training.batch-size=16");
        }

        assertThat(SmallRuns.furthest(runs.parameters("all-reduce"), runs.parameters("dl4j-averaging")))
                .isLessThan(1e-5);
    }

    /** Worker 0 has the images 0 and 2, worker 1 has image 1. Each step is made by itself in a run of one worker. */
    @Test
    void whatIsAveragedIsTheMeanWeightedByTheImages() throws IOException {
        StripedImages.writeCsv(folder.resolve("three.csv"), 3, 1);
        List<String> images = Files.readAllLines(folder.resolve("three.csv"));
        Files.write(folder.resolve("two.csv"), List.of(images.get(0), images.get(2)));
        Files.write(folder.resolve("one.csv"), List.of(images.get(1)));

        train("both", "three.csv", 2);
        train("first", "two.csv", 1);
        train("second", "one.csv", 1);

        for (String key : new String[] {"1_mean", "1_log10stdev", "5_mean", "5_log10stdev", "1_gamma", "0_W"}) {
            double[] both = values("both", key);
            double[] first = values("first", key);
            double[] second = values("second", key);
            for (int i = 0; i < both.length; i++) {
                assertThat(both[i]).as(key).isCloseTo((2 * first[i] + second[i]) / 3, within(1e-6));
            }
            assertThat(first).as(key).isNotEqualTo(second);
        }
    }

    private double[] values(String name, String key) {
        MultiLayerNetwork network = runs.saved(name).network().chain().orElseThrow();
        return network.getParam(key).dup('c').reshape(-1).toDoubleVector();
    }

    private void train(String name, String csv, int workers, String... further) {
        String[] all = new String[6 + further.length];
        all[0] = "data.train=" + folder.resolve(csv);
        all[1] = "network.name=batch-norm-cnn";
        all[2] = "training.strategy=all-reduce";
        all[3] = "training.workers=" + workers;
        all[4] = "training.optimizer.name=sgd";
        all[5] = "training.optimizer.learning-rate=0.1";
        System.arraycopy(further, 0, all, 6, further.length);
        runs.train(name, all);
    }
}
