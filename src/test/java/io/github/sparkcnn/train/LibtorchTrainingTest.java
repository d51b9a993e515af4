package io.github.sparkcnn.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparkcnn.SparkTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole runs on libtorch end where those on oneDNN do, however many train and whichever begins. */
class LibtorchTrainingTest extends SparkTest {

    @TempDir
    Path folder;

    private SmallRuns runs;

    @BeforeEach
    void writeImages() throws IOException {
        StripedImages.writeCsv(folder.resolve("train.csv"), 64, 1);
        StripedImages.writeCsv(folder.resolve("test.csv"), 20, 2);
        runs = new SmallRuns(spark(), folder);
    }

    /** Through the ring, over the running statistics too. */
    @Test
    void twoWorkersAverageToWhatTheyDoOnOneDnn() {
        String[] workers = {"training.strategy=all-reduce", "training.workers=2", "network.name=batch-norm-cnn"};
        TrainingResult result = train("torch", "torch", workers);
        train("again", "torch", workers);
        TrainingResult expected = train("onednn", "onednn", workers);

        assertThat(runs.parameters("torch")).isEqualTo(runs.parameters("again"));
        assertThat(SmallRuns.furthest(runs.parameters("torch"), runs.parameters("onednn")))
                .isLessThan(1e-4);
        assertThat(result.last().validationAccuracy()).isEqualTo(expected.last().validationAccuracy());
    }

    @ParameterizedTest
    @CsvSource({"torch, onednn", "onednn, torch"})
    void aRunGoesOnOnAnotherEngine(String first, String second) {
        train("whole", "onednn", "training.epochs=2");
        train("handed-over", first);

        runs.resume("handed-over", settings(second, "training.epochs=2"));

        assertThat(SmallRuns.furthest(runs.parameters("handed-over"), runs.parameters("whole")))
                .isLessThan(1e-5);
    }

    @Test
    void theManifestTellsThePrecision() throws IOException {
        train("coarse", "torch", "device.precision=bf16", "training.strategy=local");
        train("fine", "torch", "training.strategy=local");

        JsonNode coarse = manifest("coarse");
        assertThat(coarse.at("/configuration/device/precision").asText()).isEqualTo("bf16");
        assertThat(coarse.at("/devices/0/backend/kernels").asText()).isEqualTo("TORCH");
        assertThat(coarse.at("/devices/0/backend/notes").toString()).isEqualTo("[\"products in bf16\"]");
        assertThat(manifest("fine").at("/configuration/device/precision").asText())
                .isEqualTo("float32");
        assertThat(manifest("fine").toString()).doesNotContain("products in");
        assertThat(runs.parameters("coarse")).isNotEqualTo(runs.parameters("fine"));
    }

    private JsonNode manifest(String run) throws IOException {
        return new ObjectMapper()
                .readTree(folder.resolve(run).resolve("manifest.json").toFile());
    }

    private TrainingResult train(String name, String engine, String... further) {
        return runs.train(name, settings(engine, further));
    }

    private String[] settings(String engine, String... further) {
        List<String> settings = new ArrayList<>(List.of(
                "data.train=" + folder.resolve("train.csv"),
                "data.test=" + folder.resolve("test.csv"),
                "training.optimizer={name=sgd,learning-rate=0.05,momentum=0.9,weight-decay=1e-3}",
                "training.batch-size=16",
                "device.engine=" + engine));
        settings.addAll(Arrays.asList(further));
        return settings.toArray(String[]::new);
    }
}
