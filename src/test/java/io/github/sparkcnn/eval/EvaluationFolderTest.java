package io.github.sparkcnn.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.io.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationFolderTest {

    @TempDir
    Path folder;

    private final Storage storage = Storage.ofLocalMaster(new Configuration(false));

    @Test
    void holdsTheReportAsTextJsonAndCsv() throws IOException {
        Path output = folder.resolve("evaluation");
        folder(output).write(report());

        assertThat(output.toFile().list())
                .containsExactlyInAnyOrder("report.txt", "report.json", "report.csv", "confusion.csv");
        assertThat(Files.readString(output.resolve("report.txt")))
                .contains("cat", "top-2 accuracy 1.0000", "(4 images)");
        assertThat(new ObjectMapper()
                        .readTree(output.resolve("report.json").toFile())
                        .get("accuracy")
                        .asDouble())
                .isEqualTo(0.75);
        assertThat(Files.readString(output.resolve("confusion.csv"))).isEqualTo("""
                true \\ predicted,cat,dog
                cat,1,1
                dog,0,2
                """);
        assertThat(Files.readAllLines(output.resolve("report.csv")))
                .contains("accuracy,,,0.75,4", "top-2 accuracy,,,1.0,4");
    }

    @Test
    void overwritesNothing() {
        assertThatThrownBy(folder(folder)::requireNew)
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot write the evaluation to file:" + folder
                        + ": it exists already. Choose another --output or delete it.");
    }

    private EvaluationFolder folder(Path path) {
        return new EvaluationFolder(storage, storage.path(path.toString()));
    }

    private static EvaluationReport report() {
        float[] probabilities = {0.9f, 0.1f, 0.2f, 0.8f, 0.3f, 0.7f, 0.4f, 0.6f};
        return EvaluationSums.of(2)
                .add(probabilities, new int[] {0, 0, 1, 1}, 4)
                .report(List.of("cat", "dog"));
    }
}
