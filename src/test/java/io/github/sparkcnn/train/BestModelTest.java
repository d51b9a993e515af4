package io.github.sparkcnn.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.network.NetworkState;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BestModelTest extends SparkTest {

    @TempDir
    Path folder;

    @Test
    void keepsTheBestEpochsModelBesideTheLast() throws IOException {
        SmallRuns runs = new SmallRuns(spark(), folder);
        StripedImages.writeCsv(folder.resolve("train.csv"), 40, 1);
        StripedImages.writeCsv(folder.resolve("test.csv"), 20, 2);
        String train = "data.train=" + folder.resolve("train.csv");
        String test = "data.test=" + folder.resolve("test.csv");
        // By more than any loss: the first epoch stays the best.
        String first = "training.early-stopping.minimum-delta=100";

        TrainingResult both =
                runs.train("both", train, test, first, "training.epochs=2", "training.checkpoint.best=true");
        runs.train("one", train, test, "training.epochs=1");
        runs.train("two", train, test, "training.epochs=2");

        assertThat(both.modelEpoch()).isEqualTo(2);
        assertThat(runs.parameters("both")).isEqualTo(runs.parameters("two"));
        assertThat(NetworkState.of(runs.saved("both/best").network()).parameters())
                .isEqualTo(runs.parameters("one"));
        assertThat(folder.resolve("two/best")).doesNotExist();
    }
}
