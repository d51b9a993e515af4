package io.github.sparkcnn.train.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.data.sample.SampleGarments;
import io.github.sparkcnn.eval.Evaluation;
import io.github.sparkcnn.eval.EvaluationSums;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.track.StepMetrics;
import io.github.sparkcnn.track.report.LivePage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportListenerTest extends SparkTest {

    private static final PackedImages TEST = SampleGarments.draw(Split.TEST, 5, 1);
    private static final Evaluation EVALUATED =
            new Evaluation(EvaluationSums.of(10).report(SampleGarments.labels()), List.of());

    @TempDir
    Path folder;

    private final Configuration configuration =
            ConfigurationReader.read("test", "", List.of("training.epochs=4", "network.name=all-convolutional"));

    @Test
    void showsARunThatGoesOnBehindTheEpochsBefore() throws Exception {
        ReportListener listener = listener();
        listener.started(configuration.flat());
        listener.resumed(List.of(epoch(1), epoch(2)), List.of(new StepMetrics(2, 14, 50, 0.625, 0.1)));

        listener.stepsTrained(List.of(new StepMetrics(3, 21, 50, 0.375, 0.1)));
        listener.epochEnded(epoch(3), null);
        assertThat(folder.resolve("report.html"))
                .as("its evaluation comes next")
                .doesNotExist();
        listener.evaluated(3, TEST, EVALUATED);

        String page = shown("epoch 3 of 4");
        assertThat(page)
                .contains(
                        "<meta http-equiv=\"refresh\" content=\"10\"/>",
                        "Training goes on: epoch 3 of 4 is done, about 20 s left, as of ",
                        "<h1>all-convolutional on ",
                        "Confusion matrix",
                        "Sample images",
                        "training, epoch 1: 1.00000<",
                        "training, epoch 2: 0.500000<",
                        "<th scope=\"row\">14</th><td>2</td><td>50</td><td>0.6250</td>",
                        "<th scope=\"row\">21</th><td>3</td><td>50</td><td>0.3750</td>")
                .containsOnlyOnce("training, epoch 3: 0.333333<");
    }

    @Test
    void aRunThatFailsReadsItselfNoMore() throws Exception {
        ReportListener listener = listener();
        listener.epochEnded(epoch(1), null);
        listener.evaluated(1, TEST, EVALUATED);
        shown("epoch 1 of 4");

        listener.ended();

        assertThat(shown("The run has ended"))
                .contains("The run has ended after epoch 1 of 4, before it came to its end.")
                .doesNotContain("http-equiv=\"refresh\"");
    }

    @Test
    void withoutATestSetTheEpochItselfIsShown() throws Exception {
        listener().epochEnded(new EpochMetrics(1, 0.5, null, null, 0.1, 100, 20, 5, 2), null);

        assertThat(shown("epoch 1 of 4")).doesNotContain("Confusion matrix");
    }

    private ReportListener listener() {
        org.apache.hadoop.fs.Path file = new org.apache.hadoop.fs.Path(
                "file", null, folder.resolve("report.html").toString());
        LivePage page = new LivePage(Storage.ofLocalMaster(jsc().hadoopConfiguration()), file);
        return new ReportListener(page, configuration, jsc().sc());
    }

    private static EpochMetrics epoch(int number) {
        return new EpochMetrics(number, 1.0 / number, 0.25, 0.75, 0.1, 100, 20, 5, 2);
    }

    /** The page, once its thread has written it. */
    private String shown(String part) throws Exception {
        Path file = folder.resolve("report.html");
        for (int waited = 0; waited < 3000; waited++) {
            if (Files.exists(file) && Files.readString(file).contains(part)) {
                break;
            }
            Thread.sleep(10);
        }
        return Files.readString(file);
    }
}
