package io.github.sparkcnn.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.data.format.ImageFormats;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.eval.EvaluationReport;
import io.github.sparkcnn.eval.EvaluationRun;
import io.github.sparkcnn.predict.PredictionEngine;
import io.github.sparkcnn.predict.run.PredictionFolder;
import io.github.sparkcnn.predict.run.PredictionFormat;
import io.github.sparkcnn.predict.run.PredictionRun;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Grey pictures for a network of colours are what the same pictures with three equal channels are. */
class GreyPicturesTest extends SparkTest {
    private static final int SIDE = 20;
    private static final int TEST = 6;

    @TempDir
    static Path folder;

    private static SmallRuns runs;
    private static TrainingResult onGrey;

    @BeforeAll
    static void train() throws IOException {
        Random random = new Random(1);
        for (String kind : List.of("cat", "dog")) {
            for (int i = 0; i < 12; i++) {
                write("photos/" + kind + "/" + i, colours(x -> random.nextInt(1 << 24)));
            }
            for (int i = 0; i < TEST; i++) {
                int[] levels = random.ints(SIDE * SIDE, 0, 256).toArray();
                write("grey/" + kind + "/" + i, grey(levels));
                write("equal/" + kind + "/" + i, colours(x -> levels[x] * 0x010101));
            }
        }
        Files.createDirectories(folder.resolve("photos/eel"));
        runs = new SmallRuns(spark(), folder);
        onGrey = trained("on-grey", "grey");
    }

    private static TrainingResult trained(String run, String test) {
        return runs.train(
                run,
                "data.train=" + runs.path("photos"),
                "data.test=" + runs.path(test),
                "data.labels=auto",
                "training.batch-size=8");
    }

    @Test
    void asTestImagesBesideColours() {
        assertThat(runs.saved("on-grey").card().input()).hasToString("3×20×20");
        assertThat(onGrey.last().validationLoss())
                .isEqualTo(trained("on-equal", "equal").last().validationLoss());
    }

    @Test
    void toEvaluateOn() {
        assertThat(evaluated("grey").loss()).isEqualTo(evaluated("equal").loss());
        assertThat(evaluated("grey").loss()).isEqualTo(onGrey.last().validationLoss());
    }

    private static EvaluationReport evaluated(String images) {
        return new EvaluationRun(spark(), runs.storage(), runs.path("on-grey"), runs.path(images), ImageFormats.AUTO)
                .execute();
    }

    /** Also where a table holds the files. */
    @Test
    void toPredict() {
        spark().read()
                .format("binaryFile")
                .option("recursiveFileLookup", "true")
                .load(runs.path("grey"))
                .select("path", "content")
                .write()
                .parquet(runs.path("grey.parquet"));

        assertThat(predicted("grey")).hasSize(2 * TEST).isEqualTo(predicted("equal"));
        assertThat(predicted("grey.parquet")).isEqualTo(predicted("equal"));
    }

    private static List<Row> predicted(String images) {
        String output = runs.path("predictions-of-" + images);
        if (!Files.exists(Path.of(output))) {
            new PredictionRun(
                            spark(),
                            runs.storage(),
                            runs.path("on-grey"),
                            new PredictionFolder(runs.storage(), runs.storage().path(output), PredictionFormat.PARQUET),
                            new PredictionRun.Request(PredictionEngine.AUTO))
                    .execute(new ImageSource(runs.path(images), "--data", Split.TEST, ImageFormats.AUTO));
        }
        return spark().read()
                .parquet(output)
                .selectExpr("name", "probability")
                .sort("probability")
                .collectAsList();
    }

    /** Since somebody made the folder for a class. */
    @Test
    void anEmptyFolderIsToldWithThem() {
        assertThat(runs.notices(
                        "noticed", "data.train=" + runs.path("photos"), "data.labels=auto", "training.batch-size=8"))
                .contains("Folders in " + runs.path("photos") + "/ hold no image and are no classes: eel");
    }

    private interface Colour {
        int at(int pixel);
    }

    private static BufferedImage colours(Colour colour) {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < SIDE * SIDE; i++) {
            image.setRGB(i % SIDE, i / SIDE, colour.at(i));
        }
        return image;
    }

    private static BufferedImage grey(int[] levels) {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setPixels(0, 0, SIDE, SIDE, levels);
        return image;
    }

    private static void write(String name, BufferedImage image) throws IOException {
        Path file = folder.resolve(name + ".png");
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
    }
}
