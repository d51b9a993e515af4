package io.github.sparkcnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.stranger.StrangersJar;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody else's network, optimizer, schedule, augmentation, image format and engine train together, on two workers too. */
class StrangersRunTest extends SparkTest {

    private static final int IMAGES = 64;

    @TempDir
    private Path folder;

    private StrangersJar jar;
    private SmallRuns runs;

    @BeforeEach
    void openJar() throws IOException {
        Files.write(folder.resolve("train.raw"), images(1));
        Files.write(folder.resolve("test.raw"), images(2));
        jar = StrangersJar.open(Files.createDirectory(folder.resolve("jar")));
        jsc().addJar(jar.path().toString());
        runs = new SmallRuns(spark(), folder);
    }

    @AfterEach
    void closeJar() throws IOException {
        jar.close();
    }

    /** Labels and four pixels, of which one tells the label. */
    private static byte[] images(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < IMAGES; i++) {
            int label = random.nextInt(4);
            bytes.write(label);
            for (int pixel = 0; pixel < 4; pixel++) {
                bytes.write(pixel == label ? 200 + random.nextInt(56) : random.nextInt(56));
            }
        }
        return bytes.toByteArray();
    }

    private TrainingResult train(String name, String... more) {
        List<String> settings = new ArrayList<>(List.of(
                "data.train=" + folder.resolve("train.raw"),
                "data.test=" + folder.resolve("test.raw"),
                "data.format=raw-bytes",
                "data.labels=[a,b,c,d]",
                "network={name=softmax-regression,bias=true}",
                "training.epochs=5",
                "training.batch-size=8",
                "training.optimizer={name=ada-max,learning-rate=0.1,beta=0.8}",
                "training.schedule={name=inverse-root,epochs=1}",
                "training.augmentation=[{name=invert,probability=0}]"));
        settings.addAll(List.of(more));
        return runs.train(name, settings.toArray(String[]::new));
    }

    @Test
    void theirEngineComesToWhatOursComesTo() {
        TrainingResult theirs = train("theirs", "device.engine=plain-java");
        train("ours", "device.engine=dl4j");

        assertThat(theirs.last().validationAccuracy()).isGreaterThan(0.9);
        assertThat(theirs.last().learningRate()).isEqualTo(0.1 / Math.sqrt(5));
        assertThat(SmallRuns.furthest(runs.parameters("theirs"), runs.parameters("ours")))
                .isLessThan(1e-5);
    }

    @Test
    void theyTrainOnWorkers() {
        train(
                "workers",
                "device.engine=plain-java",
                "training.strategy=all-reduce",
                "training.workers=2",
                "training.averaging-frequency=2");
        train(
                "again",
                "device.engine=dl4j",
                "training.strategy=all-reduce",
                "training.workers=2",
                "training.averaging-frequency=2");

        assertThat(SmallRuns.furthest(runs.parameters("workers"), runs.parameters("again")))
                .isLessThan(1e-5);
    }

    @Test
    void whatTheirEngineRefusesIsSaid() {
        assertThatThrownBy(() -> train(
                        "refused",
                        "network={name=fashion-cnn,bias=null}",
                        "device.engine=plain-java",
                        "data.resize=[28,28]"))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot use plain-java for this network: it has ");
    }
}
