package io.github.sparkcnn.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.track.mlflow.FakeMlflow;
import io.github.sparkcnn.train.StripedImages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrackedComparisonTest extends SparkTest {

    @TempDir
    private Path folder;

    @Test
    void theRunsOfAComparisonAreWithinARunOfItsOwn() throws IOException {
        StripedImages.writeCsv(folder.resolve("train.csv"), 40, 1);
        try (FakeMlflow server = FakeMlflow.start()) {
            compare(server, "train.csv", "compared").execute();

            assertThat(server.violations()).isEmpty();
            assertThat(server.runs())
                    .extracting(run -> run.name)
                    .containsExactly("compared", "all-reduce-1-total", "all-reduce-2-total");
            assertThat(server.runs()).extracting(run -> run.status).containsOnly("FINISHED");
            FakeMlflow.Run parent = server.runs().get(0);
            assertThat(parent.artifacts).containsOnlyKeys("compare.txt", "compare.json", "compare.html");
            assertThat(parent.params).containsEntry("training.epochs", "1");
            assertThat(server.runs().subList(1, 3)).allSatisfy(child -> {
                assertThat(child.tags).containsEntry("mlflow.parentRunId", parent.id);
                assertThat(child.artifacts).containsKey("onnx/MLmodel");
                assertThat(child.metrics).containsKey("train_loss");
            });
            assertThat(server.runs().get(2).params).containsEntry("training.workers", "2");
        }
    }

    @Test
    void oneThatIsRefusedIsNotThere() throws IOException {
        try (FakeMlflow server = FakeMlflow.start()) {
            assertThatThrownBy(() -> compare(server, "nowhere.csv", "refused").execute())
                    .isInstanceOf(UserException.class);

            assertThat(server.calls()).isEmpty();
        }
    }

    private CompareRun compare(FakeMlflow server, String data, String output) {
        Storage storage = Storage.ofLocalMaster(jsc().hadoopConfiguration());
        return new CompareRun(
                spark(),
                storage,
                further -> {
                    List<String> settings = new ArrayList<>(List.of(
                            "data.train=" + folder.resolve(data),
                            "network.name=all-convolutional",
                            "training.epochs=1",
                            "training.batch-size=20",
                            "tracking.mlflow.uri=" + server.uri()));
                    settings.addAll(further);
                    return ConfigurationReader.read("test", "", settings);
                },
                ComparisonPlan.parse("all-reduce", "1,2", "total", 0.85),
                storage.path(folder.resolve(output).toString()),
                List.of());
    }
}
