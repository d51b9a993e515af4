package io.github.sparkcnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.data.CsvExport;
import io.github.sparkcnn.data.ImageReader;
import io.github.sparkcnn.data.format.ImageFormats;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.data.pack.PixelHistogram;
import io.github.sparkcnn.data.pack.Shares;
import io.github.sparkcnn.eval.EvaluationReport;
import io.github.sparkcnn.eval.EvaluationRun;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.image.PixelScale;
import io.github.sparkcnn.onnx.OnnxCheck;
import io.github.sparkcnn.onnx.OnnxInput;
import io.github.sparkcnn.predict.OnnxExportRun;
import io.github.sparkcnn.predict.PredictionEngine;
import io.github.sparkcnn.predict.run.PredictionFolder;
import io.github.sparkcnn.predict.run.PredictionFormat;
import io.github.sparkcnn.predict.run.PredictionRun;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images in colour that are 20 high and 30 wide, all the way: read, trained on, evaluated, predicted, exported, shown. */
class ColourRunTest extends SparkTest {
    private static final int PLANE = 600;
    private static final String EVERY_AUGMENTATION =
            "training.augmentation=[{name=flip},{name=crop,padding=2},{name=rotation,degrees=9},"
                    + "{name=affine,degrees=3,translate=0.1},{name=brightness,amount=0.2},{name=contrast,amount=0.2},"
                    + "{name=random-erasing},{name=cutout,size=3}]";

    @TempDir
    static Path folder;

    private static SmallRuns runs;
    private static TrainingResult trained;

    @BeforeAll
    static void train() throws IOException {
        write("train", 96, 3, 20, 30);
        write("t10k", 40, 3, 20, 30);
        write("grey-test", 8, 1, 20, 30);
        runs = new SmallRuns(spark(), folder);
        trained = runs.train(
                "run",
                "data.train=" + folder,
                "data.test=" + folder.resolve("t10k-images-idx4-ubyte"),
                "data.labels=auto",
                "data.normalize=standard",
                "training.batch-size=16",
                "training.epochs=6",
                EVERY_AUGMENTATION);
    }

    @Test
    void learnsTheColours() {
        assertThat(trained.last().validationAccuracy()).isGreaterThan(0.9);
    }

    @Test
    void everyChannelIsNormalisedByItself() {
        PixelScale scale = runs.saved("run").card().normalization();

        PackedImages images = read(folder.toString(), Split.TRAIN);
        for (int channel = 0; channel < 3; channel++) {
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < images.size() * PLANE; i++) {
                double unit = (images.pixels()[(i / PLANE * 3 + channel) * PLANE + i % PLANE] & 0xff) / 255.0;
                sum += unit;
                squares += unit * unit;
            }
            double mean = sum / images.size() / PLANE;
            double deviation = Math.sqrt(squares / images.size() / PLANE - mean * mean);
            assertThat(scale.mean().get(channel)).isCloseTo(mean, within(1e-9));
            assertThat(scale.deviation().get(channel)).isCloseTo(deviation, within(1e-9));
        }
        try (Shares shares = ImageReader.on(spark())
                .read(source(folder.toString(), Split.TRAIN))
                .shares(3)) {
            assertThat(PixelHistogram.of(shares).standard()).isEqualTo(scale);
        }
    }

    @Test
    void evaluatesAsInTraining() {
        EvaluationReport again = new EvaluationRun(
                        spark(),
                        runs.storage(),
                        runs.path("run"),
                        runs.path("t10k-images-idx4-ubyte"),
                        ImageFormats.AUTO)
                .execute();

        assertThat(again.accuracy()).isEqualTo(trained.last().validationAccuracy());
        assertThat(again.loss()).isEqualTo(trained.last().validationLoss());
    }

    @Test
    void predictsWithBothEnginesAlike() {
        for (PredictionEngine engine : new PredictionEngine[] {PredictionEngine.AUTO, PredictionEngine.ONNX}) {
            PredictionRun run = new PredictionRun(
                    spark(),
                    runs.storage(),
                    runs.path("run"),
                    new PredictionFolder(
                            runs.storage(),
                            runs.storage().path(runs.path("predictions-" + engine)),
                            PredictionFormat.PARQUET),
                    new PredictionRun.Request(engine));
            assertThat(run.execute(source(runs.path("t10k-images-idx4-ubyte"), Split.TEST))
                            .images())
                    .isEqualTo(40);
        }
        assertSameRows(predicted(PredictionEngine.AUTO), predicted(PredictionEngine.ONNX));
    }

    private static Dataset<Row> predicted(PredictionEngine engine) {
        return spark().read().parquet(runs.path("predictions-" + engine)).select("label", "name");
    }

    @Test
    void theExportedModelNormalisesByItself() {
        OnnxExportRun export = new OnnxExportRun(
                runs.storage(), runs.path("run"), runs.storage().path(runs.path("net.onnx")), OnnxInput.PIXELS);

        double difference = export.execute(card -> read(runs.path("t10k-images-idx4-ubyte"), Split.TEST))
                .difference();

        assertThat(difference).isLessThanOrEqualTo(OnnxCheck.TOLERANCE);
    }

    @Test
    void theReportShowsTheImagesInColour() throws IOException {
        String page = Files.readString(folder.resolve("run/report.html"));
        PackedImages test = read(runs.path("t10k-images-idx4-ubyte"), Split.TEST);

        Matcher picture =
                Pattern.compile("data:image/png;base64,([A-Za-z0-9+/=]+)").matcher(page);
        assertThat(picture.find()).isTrue();
        BufferedImage first =
                ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(picture.group(1))));
        assertThat(first.getWidth()).isEqualTo(30);
        assertThat(first.getHeight()).isEqualTo(20);
        for (int channel = 0; channel < 3; channel++) {
            assertThat(first.getRaster().getSample(7, 5, channel))
                    .isEqualTo(test.pixels()[channel * PLANE + 5 * 30 + 7] & 0xff);
        }
    }

    @Test
    void aCsvOfColourHasAColumnAValue() throws IOException {
        Path csv = folder.resolve("csv/colour.csv");
        CsvExport.of(
                        ImageReader.on(spark()),
                        source(runs.path("t10k-images-idx4-ubyte"), Split.TEST),
                        runs.storage(),
                        runs.storage().path(csv.toString()))
                .execute();

        assertThat(Files.readAllLines(csv).get(0)).startsWith("label,pixel1,").endsWith(",pixel1800");
        assertThat(Files.readAllLines(csv)).hasSize(41);
    }

    @Test
    void refusesATestSetWithoutColour() {
        assertThatThrownBy(() -> runs.train(
                        "refused",
                        "data.train=" + folder,
                        "data.test=" + folder.resolve("grey-test-images-idx4-ubyte"),
                        "data.labels=auto"))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot evaluate on " + folder.resolve("grey-test-images-idx4-ubyte")
                        + ": its images are 1×20×30, those of " + folder + " are 3×20×30."
                        + " Use training and test images with the same number of channels.");
    }

    private static PackedImages read(String path, Split split) {
        return ImageReader.on(spark()).read(source(path, split)).collect();
    }

    private static ImageSource source(String path, Split split) {
        return new ImageSource(path, "--data", split, ImageFormats.AUTO);
    }

    /** Noise of which the class's channel is brighter. */
    private static void write(String name, int images, int channels, int height, int width) throws IOException {
        int plane = height * width;
        ByteBuffer pixels = ByteBuffer.allocate(20 + images * channels * plane);
        pixels.putInt(2052).putInt(images).putInt(channels).putInt(height).putInt(width);
        ByteBuffer labels = ByteBuffer.allocate(8 + images);
        labels.putInt(2049).putInt(images);
        Random random = new Random(images);
        for (int i = 0; i < images; i++) {
            labels.put((byte) (i % 3));
            for (int value = 0; value < channels * plane; value++) {
                pixels.put((byte) (random.nextInt(120) + (value / plane == i % 3 ? 120 : 0)));
            }
        }
        Files.write(folder.resolve(name + "-images-idx4-ubyte"), pixels.array());
        Files.write(folder.resolve(name + "-labels-idx1-ubyte"), labels.array());
    }
}
