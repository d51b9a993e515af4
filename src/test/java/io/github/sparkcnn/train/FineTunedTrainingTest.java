package io.github.sparkcnn.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.model.ModelFolder;
import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@code network.pretrained}, from a saved model to a saved model. */
class FineTunedTrainingTest extends SparkTest {

    private static final String TWELVE = "data.labels=[a,b,c,d,e,f,g,h,i,j,k,l]";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"local", "all-reduce"})
    void keepsTheFrozenLayersAndGetsAHeadForTheClassesAtHand(String strategy) throws IOException {
        SmallRuns runs = new SmallRuns(spark(), folder);
        StripedImages.writeCsv(folder.resolve("train.csv"), 40, 1);
        String data = "data.train=" + folder.resolve("train.csv");
        runs.train("pretrained", data, "training.seed=5");

        runs.train(
                "tuned",
                data,
                TWELVE,
                "training.strategy=" + strategy,
                "training.workers=1",
                "training.batch-size=20",
                "network.pretrained=" + runs.path("pretrained"),
                "network.frozen-layers=1");

        MultiLayerNetwork before = runs.saved("pretrained").network().chain().orElseThrow();
        ModelFolder.Saved tuned = runs.saved("tuned");
        MultiLayerNetwork after = tuned.network().chain().orElseThrow();
        assertThat(after.getParam("0_W")).isEqualTo(before.getParam("0_W"));
        assertThat(after.getParam("0_b")).isEqualTo(before.getParam("0_b"));
        assertThat(difference(after, before, "1_W")).isPositive().isLessThan(0.02);
        assertThat(after.getParam("2_W").size(0)).isEqualTo(12);
        assertThat(tuned.card().labels()).hasSize(12);
    }

    @Test
    void startsFromAllLayersWhereTheClassesAreTheSame() throws IOException {
        SmallRuns runs = new SmallRuns(spark(), folder);
        StripedImages.writeCsv(folder.resolve("train.csv"), 40, 1);
        String data = "data.train=" + folder.resolve("train.csv");
        runs.train("pretrained", data, "training.seed=5");

        runs.train("tuned", data, "network.pretrained=" + runs.path("pretrained"));

        MultiLayerNetwork before = runs.saved("pretrained").network().chain().orElseThrow();
        MultiLayerNetwork after = runs.saved("tuned").network().chain().orElseThrow();
        for (String key : new String[] {"0_W", "1_W", "2_W"}) {
            assertThat(difference(after, before, key)).as(key).isPositive().isLessThan(0.02);
        }
    }

    /** Mean of the magnitudes: a few steps of Adam at 0.001 stay below 0.01, other random weights are further away. */
    private static double difference(MultiLayerNetwork one, MultiLayerNetwork other, String key) {
        INDArray difference = one.getParam(key).sub(other.getParam(key));
        return difference.norm1Number().doubleValue() / difference.length();
    }
}
