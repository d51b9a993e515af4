package io.github.sparkcnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.data.ImageReader;
import io.github.sparkcnn.data.format.ImageFormats;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.image.ContactSheet;
import io.github.sparkcnn.image.PackedImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The test images that {@code tracking.explain} names. */
class ExplainedImagesTest extends SparkTest {

    private static final Pattern CAPTION = Pattern.compile("<figcaption>image (\\d+): ");

    @TempDir
    static Path folder;

    private final SmallRuns runs = new SmallRuns(spark(), folder);

    @BeforeAll
    static void writeImages() throws IOException {
        StripedImages.writeCsv(folder.resolve("train.csv"), 48, 1);
        StripedImages.writeCsv(folder.resolve("test.csv"), 30, 2);
    }

    private TrainingResult train(String name, String... settings) {
        String[] all = new String[settings.length + 2];
        all[0] = "data.train=" + folder.resolve("train.csv");
        all[1] = "training.batch-size=16";
        System.arraycopy(settings, 0, all, 2, settings.length);
        return runs.train(name, all);
    }

    /** With all-reduce the workers have them, and the driver fetches these. */
    @ParameterizedTest
    @ValueSource(strings = {"local", "all-reduce"})
    void standInTheReportInTheirOrderEachWithItsPicture(String strategy) throws IOException {
        train(
                strategy,
                "data.test=" + folder.resolve("test.csv"),
                "training.strategy=" + strategy,
                "training.workers=" + (strategy.equals("local") ? 1 : 2),
                "tracking.explain=[29, 3, 17]");

        String page = Files.readString(folder.resolve(strategy).resolve("report.html"));
        PackedImages test = ImageReader.on(spark())
                .read(new ImageSource(
                        folder.resolve("test.csv").toString(), "data.test", Split.TEST, ImageFormats.AUTO))
                .collect();
        assertThat(CAPTION.matcher(page).results().map((MatchResult found) -> found.group(1)))
                .containsExactly("29", "3", "17");
        int from = page.indexOf("Sample images");
        for (int place : new int[] {29, 3, 17}) {
            String png = Base64.getEncoder().encodeToString(ContactSheet.png(ContactSheet.image(test, place)));
            assertThat(page.indexOf(png, from)).as("image " + place).isGreaterThan(from);
            from = page.indexOf(png, from);
        }
        String samples = page.substring(page.indexOf("Sample images"), page.indexOf("Misclassified images"));
        assertThat(samples.split("<img ", -1))
                .as("each with what speaks for its class")
                .hasSize(1 + 2 * 3);
    }

    @Test
    void countWithinThePartThatIsHeldOut() throws IOException {
        train("held-out", "data.validation-fraction=0.25", "tracking.explain=[11]");

        assertThat(Files.readString(folder.resolve("held-out/report.html"))).contains("<figcaption>image 11: ");
        assertThatThrownBy(() -> train("beyond", "data.validation-fraction=0.25", "tracking.explain=[0, 12]"))
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "Cannot explain test image 12: there are 12, numbered from 0. Set tracking.explain to numbers"
                                + " up to 11.");
    }

    @Test
    void thatAreNotThereAreRefusedBeforeAnythingIsTrained() {
        assertThatThrownBy(() ->
                        train("beyond-test", "data.test=" + folder.resolve("test.csv"), "tracking.explain=[3, 30]"))
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "Cannot explain test image 30: there are 30, numbered from 0. Set tracking.explain to numbers"
                                + " up to 29.");
        assertThat(folder.resolve("beyond-test/metrics.jsonl")).doesNotExist();
        assertThatThrownBy(() -> train("untested", "tracking.explain=[0]"))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot explain test images: tracking.explain is set, and there are none. Set data.test or"
                        + " data.validation-fraction, or tracking.explain to null.");
    }
}
