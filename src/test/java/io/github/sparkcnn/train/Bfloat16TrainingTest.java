package io.github.sparkcnn.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.kernel.Bfloat16Processor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs in bf16 on oneDNN: several workers, a pause, and who says so. */
class Bfloat16TrainingTest extends SparkTest {

    @TempDir
    Path folder;

    private SmallRuns runs;

    @BeforeEach
    void writeImages() throws IOException {
        Bfloat16Processor.assume();
        StripedImages.writeCsv(folder.resolve("train.csv"), 60, 1);
        StripedImages.writeCsv(folder.resolve("test.csv"), 20, 2);
        runs = new SmallRuns(spark(), folder);
    }

    /** An image's values are rounded alike, whoever has it, and gradients add up in 32 bits: float32 itself is farther away. */
    @Test
    void twoWorkersMakeTheStepsOfOne() {
        train("alone", "bf16", "training.strategy=local");
        train("two", "bf16", "training.strategy=all-reduce", "training.workers=2");
        train("float32", "float32", "training.strategy=local");

        float[] alone = runs.parameters("alone");
        assertThat(SmallRuns.furthest(runs.parameters("two"), alone)).isLessThan(1e-5);
        assertThat(SmallRuns.furthest(runs.parameters("float32"), alone)).isGreaterThan(5e-5);
    }

    /** Nothing of 16 bits is kept: what is saved is what goes on, on another worker's replica too. */
    @Test
    void aRunThatPausesEndsWhereOneThatDoesNot() throws IOException {
        train("whole", "bf16", "training.epochs=2", "network.name=batch-norm-cnn");
        train("paused", "bf16", "network.name=batch-norm-cnn");
        runs.resume("paused", settings("bf16", "training.epochs=2", "network.name=batch-norm-cnn"));

        assertThat(runs.parameters("paused")).isEqualTo(runs.parameters("whole"));
        assertThat(Files.readString(folder.resolve("whole/manifest.json"))).contains("products in bf16");
    }

    private void train(String name, String precision, String... further) {
        runs.train(name, settings(precision, further));
    }

    private String[] settings(String precision, String... further) {
        List<String> settings = new ArrayList<>(List.of(
                "data.train=" + folder.resolve("train.csv"),
                "data.test=" + folder.resolve("test.csv"),
                "network.name=all-convolutional",
                "training.optimizer={name=sgd,learning-rate=0.05,momentum=0.9,weight-decay=1e-3}",
                "training.total-batch-size=20",
                "training.batch-size=null",
                "device.precision=" + precision));
        settings.addAll(Arrays.asList(further));
        return settings.toArray(String[]::new);
    }
}
