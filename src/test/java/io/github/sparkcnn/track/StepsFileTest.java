package io.github.sparkcnn.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.io.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepsFileTest {

    private static final StepMetrics FIRST = new StepMetrics(1, 10, 2560, 1.5, 0.001);
    private static final StepMetrics SECOND = new StepMetrics(1, 20, 5120, 0.1 + 0.2, 0.001);
    private static final StepMetrics THIRD = new StepMetrics(2, 30, 2560, 0.25, 0.0005);

    @TempDir
    Path folder;

    private StepsFile file() {
        Storage storage = Storage.ofLocalMaster(new Configuration(false));
        return new StepsFile(storage, storage.path(path().toString()));
    }

    private Path path() {
        return folder.resolve("steps.jsonl");
    }

    @Test
    void hasALineForEachPoint() throws IOException {
        StepsFile file = file();
        file.add(List.of(FIRST, SECOND));
        file.add(List.of(THIRD));

        assertThat(Files.readAllLines(path()))
                .hasSize(3)
                .first()
                .isEqualTo("{\"epoch\":1,\"step\":10,\"images\":2560,\"loss\":1.5,\"learning_rate\":0.001}");
        assertThat(file().read()).containsExactly(FIRST, SECOND, THIRD);
    }

    @Test
    void pointsOfEpochsThatAreTrainedAnewAreReplaced() {
        file().add(List.of(FIRST, SECOND, THIRD));

        StepsFile resumed = file();
        assertThat(resumed.keep(1)).containsExactly(FIRST, SECOND);
        assertThat(file().read()).containsExactly(FIRST, SECOND);
        StepMetrics again = new StepMetrics(2, 30, 2560, 0.125, 0.0005);
        resumed.add(List.of(again));
        assertThat(file().read()).containsExactly(FIRST, SECOND, again);
    }

    @Test
    void whereNoneIsLeftThereIsNoFile() {
        assertThat(file().keep(0)).isEmpty();
        assertThat(path()).doesNotExist();
        file().add(List.of(FIRST));

        assertThat(file().keep(0)).isEmpty();
        assertThat(path()).doesNotExist();
        assertThat(file().read()).isEmpty();
    }

    @Test
    void aDamagedOneIsSaidToBe() throws IOException {
        Files.writeString(path(), "{\"epoch\":1,\n");

        assertThatThrownBy(() -> file().keep(3))
                .isInstanceOf(UserException.class)
                .hasMessageMatching(
                        "Cannot read file:.*/steps\\.jsonl: it is damaged \\(.*\\)\\. Bring back a whole copy of"
                                + " it, or delete it: it only tells how the loss went within the epochs\\.");
    }
}
