package io.github.sparkcnn.train;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.io.DataFile;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FinishedRunTest {

    private static final String BEGUN =
            "\"begun_with\":{\"keys\":{\"training.seed\":\"1\"},\"network\":\"00ff\",\"images\":3}";
    private static final String DATA = "\"data\":[{\"path\":\"/a.csv\",\"bytes\":9,\"md5\":\"00\"}]";
    private static final String MANIFEST = "{" + BEGUN + "," + DATA + ",\"seed\":1}";
    private static final String METRICS =
            "{\"epoch\":1,\"train_loss\":0.5,\"validation_loss\":0.4,\"validation_accuracy\":0.9,\"learning_rate\":0.1,"
                    + "\"images\":3,\"seconds\":1.5,\"images_per_second\":2.0,\"workers\":2}\n";

    private static Optional<FinishedRun> read(String manifest, String metrics) {
        return FinishedRun.read(new Path("/runs/mine"), manifest.getBytes(UTF_8), metrics.getBytes(UTF_8));
    }

    @Test
    void saysWhatItWasBegunWithAndCameTo() {
        FinishedRun run = read(MANIFEST, METRICS).orElseThrow();

        assertThat(run.origin().keys()).containsOnlyKeys("training.seed");
        assertThat(run.origin().data()).isEqualTo(List.of(new DataFile("/a.csv", 9, "00")));
        assertThat(run.origin().images()).isEqualTo(3);
        assertThat(run.epochs()).hasSize(1);
    }

    @Test
    void oneOfAVersionThatDidNotSayWhatItWasBegunWithIsNotTakenForOneThatDid() {
        assertThat(read("{" + DATA + "}", METRICS)).isEmpty();
        assertThat(read("{}", METRICS)).isEmpty();
    }

    /** What is replaced, and by what. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ | x | Unrecognized token",
                "\"keys\":{\"training.seed\":\"1\"}, | `` | it has no keys",
                "\"training.seed\":\"1\" | \"training.seed\":null | keys has no value for training.seed",
                "\"network\":\"00ff\", | `` | it has no network",
                ",\"data\":[{\"path\":\"/a.csv\",\"bytes\":9,\"md5\":\"00\"}] | `` | it has no data",
                "\"md5\":\"00\" | \"md5\":null | it has no md5 of /a.csv",
                "{\"path\" | null,{\"path\" | Cannot construct instance",
            })
    void aDamagedManifestIsSaidToBe(String part, String instead, String reason) {
        assertThat(MANIFEST).contains(part);

        assertThatThrownBy(() -> read(MANIFEST.replace(part, instead), METRICS))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot resume /runs/mine: its manifest.json is damaged (")
                .hasMessageContaining(reason)
                .hasMessageEndingWith("). Bring back a whole copy of it, or delete manifest.json: the run then goes on"
                        + " behind its newest checkpoint, or where it kept none from the beginning.")
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"epoch\":1,                      | Unexpected end-of-input",
                "null                               | it is null",
                "``                                 | No content to map",
                "{\"epoch\":1,\"validation_loss\":\"NaN\"} | an epoch's validation loss is NaN",
            })
    void damagedMetricsAreSaidToBe(String line, String reason) {
        assertThatThrownBy(() -> read(MANIFEST, METRICS + line.strip() + "\n"))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot resume /runs/mine: its metrics.jsonl is damaged (")
                .hasMessageContaining(reason)
                .hasMessageEndingWith("or where it kept none from the beginning.")
                .hasMessageNotContaining("\n");
    }
}
