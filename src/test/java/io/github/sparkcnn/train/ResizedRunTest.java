package io.github.sparkcnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.config.DataConfig.Malformed;
import io.github.sparkcnn.data.ImageReader;
import io.github.sparkcnn.data.ImageTable;
import io.github.sparkcnn.data.format.Diagnosis;
import io.github.sparkcnn.data.format.ImageFiles;
import io.github.sparkcnn.data.format.ImageFormats;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.data.pack.Packing;
import io.github.sparkcnn.data.pack.Reading;
import io.github.sparkcnn.eval.EvaluationReport;
import io.github.sparkcnn.eval.EvaluationRun;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.image.Resize;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.model.ModelCard;
import io.github.sparkcnn.model.ModelFolder;
import io.github.sparkcnn.predict.PredictionEngine;
import io.github.sparkcnn.predict.run.PredictionFolder;
import io.github.sparkcnn.predict.run.PredictionFormat;
import io.github.sparkcnn.predict.run.PredictionRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CSV files of 32×32 images, and networks that take 28×28. */
class ResizedRunTest extends SparkTest {

    @TempDir
    static Path folder;

    @BeforeAll
    static void writeImages() throws IOException {
        StripedImages.writeCsv(folder.resolve("train32.csv"), 64, 32, 1);
        StripedImages.writeCsv(folder.resolve("test32.csv"), 20, 32, 2);
        StripedImages.writeCsv(folder.resolve("test28.csv"), 20, 2);
    }

    @Test
    void scalesEveryRow() {
        ImageTable table = ImageReader.on(spark()).read(source("test32.csv"));

        PackedImages resized = table.resized(28, 28).collect();

        assertThat(resized.shape()).isEqualTo(ImageShape.MNIST);
        assertThat(resized.pixels())
                .isEqualTo(Resize.apply(table.collect(), 28, 28).pixels());
    }

    @Test
    void aBlockMayGrowPastWhatAnArrayHolds() {
        ImageShape dot = new ImageShape(1, 1, 1);
        int dots = Packing.BLOCK_BYTES;
        Reading block = new Reading.Block(new PackedImages(dot, new int[dots], new byte[dots], new int[dots]));
        ImageTable table = ImageTable.of(
                new ImageFiles("dots", dot, jsc().parallelize(List.of(block), 1), List.of(), Diagnosis.NONE), spark());

        assertThat(table.resized(64, 64).first(300).size()).isEqualTo(300);
    }

    @Test
    void evaluationAndPredictionScaleAsTrainingDid() {
        TrainingResult result = run("resized", "train32.csv", "test32.csv", "data.resize=[28, 28]");

        ModelCard card = ModelFolder.load(storage(), path("resized")).card();
        assertThat(card.input()).isEqualTo(ImageShape.MNIST);
        assertThat(card.resize()).isTrue();
        EvaluationReport again = evaluate("resized", "test32.csv");
        assertThat(again.loss()).isEqualTo(result.last().validationLoss());
        assertThat(again.accuracy()).isEqualTo(result.last().validationAccuracy());
        assertThat(evaluate("resized", "test28.csv").images()).isEqualTo(20);
        PredictionRun predictions = new PredictionRun(
                spark(),
                storage(),
                path("resized"),
                new PredictionFolder(storage(), storage().path(path("predictions")), PredictionFormat.PARQUET),
                new PredictionRun.Request(PredictionEngine.ONNX));
        assertThat(predictions.execute(source("test32.csv")).images()).isEqualTo(20);
    }

    @Test
    void namesTheKeyWhereTheSizesDiffer() {
        assertThatThrownBy(() -> run("unlike", "train32.csv", "test28.csv"))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot evaluate on " + path("test28.csv") + ": its images are 1×28×28, those of "
                        + path("train32.csv") + " are 1×32×32."
                        + " Use training and test images of the same shape, or set data.resize, e.g. to [28, 28].");
        run("plain", "test28.csv", "test28.csv");
        assertThatThrownBy(() -> evaluate("plain", "test32.csv"))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot predict with all-convolutional: the images are 1×32×32, the model takes 1×28×28."
                        + " Use images of the model's shape, or train with data.resize = [28, 28].");
        assertThatThrownBy(() -> run("tuned", "train32.csv", "test32.csv", "network.pretrained=" + path("plain")))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot fine-tune " + path("plain")
                        + ": it takes images of 1×28×28, the training images are 1×32×32."
                        + " Set data.resize to [28, 28], or network.pretrained to a model of the images' shape.");
    }

    @Test
    void aRefusedRunLeavesNothingBehind() {
        assertThatThrownBy(() -> run("refused", "train32.csv", "test32.csv", "data.train=sample:train"))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot evaluate on " + path("test32.csv")
                        + ": its images are 1×32×32, those of the generated sample are 1×28×28.");

        assertThat(folder.resolve("refused")).doesNotExist();
    }

    private EvaluationReport evaluate(String model, String data) {
        return new EvaluationRun(spark(), storage(), path(model), path(data), ImageFormats.AUTO).execute();
    }

    private TrainingResult run(String name, String train, String test, String... settings) {
        List<String> all = new ArrayList<>(List.of(
                "network.name=all-convolutional",
                "data.train=" + path(train),
                "data.test=" + path(test),
                "training.epochs=1",
                "training.batch-size=16",
                "training.strategy=local",
                "device.threads=1"));
        all.addAll(Arrays.asList(settings));
        return new TrainingRun(
                        spark(),
                        ConfigurationReader.read(name, "", all),
                        storage(),
                        storage().path(path(name)),
                        List.of())
                .execute();
    }

    private static ImageSource source(String name) {
        return new ImageSource(path(name), "--data", Split.TEST, ImageFormats.AUTO, Malformed.FAIL, 10);
    }

    private static String path(String name) {
        return folder.resolve(name).toString();
    }

    private Storage storage() {
        return Storage.ofLocalMaster(jsc().hadoopConfiguration());
    }
}
