package io.github.sparkcnn.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.cli.Main;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.data.ImageTable;
import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.data.sample.SampleImages;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.ml.CnnClassificationModel;
import io.github.sparkcnn.ml.CnnClassifier;
import io.github.sparkcnn.model.ModelFolder;
import io.github.sparkcnn.network.NetworkState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands and the stage of Spark ML in processes on the Spark under test, against the Spark that the tests are compiled with,
 * in this JVM: the same bits. In the profile {@code spark-4} these are two lines of Spark.
 */
@Tag("cluster")
class EitherSparkIT extends SparkTest {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int IMAGES = 96;

    @TempDir
    static Path folder;

    private static Path model;

    /** Fits, saves, loads and transforms a table, and prints what it predicted and on which Spark. */
    static final class Stage {

        private Stage() {}

        public static void main(String... args) throws IOException {
            try (SparkSession spark = SparkSession.builder().appName("stage").getOrCreate()) {
                Dataset<Row> images = spark.read().parquet(args[0]);
                new CnnClassifier()
                        .setNetwork("all-convolutional")
                        .setEpochs(1)
                        .setBatchSize(16)
                        .setWorkers(2)
                        .setConf("device.threads", "1")
                        .fit(images)
                        .write()
                        .overwrite()
                        .save(args[1]);
                long rows = CnnClassificationModel.load(args[1])
                        .transform(images)
                        .where("prediction is not null")
                        .count();
                System.out.println("predicted " + rows + " on Spark " + spark.version());
            }
        }
    }

    @BeforeAll
    static void trainOnSparkUnderTest() throws IOException {
        StripedImages.writeCsv(folder.resolve("train.csv"), IMAGES, 1);
        model = folder.resolve("there");
        List<String> words = new ArrayList<>(List.of("train", "--output", model.toString()));
        settings().forEach(setting -> words.addAll(List.of("--set", setting)));
        run("train", Main.class, words);
    }

    @Test
    void trainsToTheSameBits() {
        Storage storage = Storage.ofLocalMaster(jsc().hadoopConfiguration());
        Path here = folder.resolve("here");
        new TrainingRun(
                        spark(),
                        ConfigurationReader.read("here", "", settings()),
                        storage,
                        storage.path(here.toString()),
                        List.of())
                .execute();

        NetworkState expected =
                NetworkState.of(ModelFolder.load(storage, here.toString()).network());
        NetworkState trained =
                NetworkState.of(ModelFolder.load(storage, model.toString()).network());
        assertThat(trained.parameters()).isEqualTo(expected.parameters());
        assertThat(trained.updater()).isEqualTo(expected.updater());
    }

    @Test
    void evaluatesAndPredicts() throws IOException {
        String data = folder.resolve("train.csv").toString();
        String evaluated =
                run("evaluate", Main.class, List.of("evaluate", "--model", model.toString(), "--data", data));
        Path predictions = folder.resolve("predictions");
        run(
                "predict",
                Main.class,
                List.of("predict", "--model", model.toString(), "--data", data, "--output", predictions.toString()));

        assertThat(evaluated).contains("Images " + IMAGES + "  loss ");
        assertThat(spark().read().parquet(predictions.toString()).count()).isEqualTo(IMAGES);
    }

    @Test
    void readsTablesAndFitsTheStage() throws IOException {
        Path table = folder.resolve("table");
        ImageTable.of(SampleImages.of(jsc(), Split.TRAIN, IMAGES, 1), spark())
                .rows()
                .toDF("label", "features")
                .write()
                .parquet(table.toString());

        assertThat(run(
                        "stage",
                        Stage.class,
                        List.of(table.toString(), folder.resolve("stage").toString())))
                .contains("predicted " + IMAGES + " on Spark ");
    }

    private static List<String> settings() {
        return List.of(
                "data.train=" + folder.resolve("train.csv"),
                "data.test=" + folder.resolve("train.csv"),
                "training.epochs=2",
                "training.batch-size=16",
                "training.strategy=all-reduce",
                "training.workers=2",
                "device.threads=1");
    }

    private static String run(String name, Class<?> main, List<String> words) throws IOException {
        Path log = folder.resolve(name + ".log");
        try (RunProcess run =
                RunProcess.start(log, Map.of("spark.master", "local[2]", "spark.ui.enabled", "false"), main, words)) {
            assertThat(run.awaitEnd(PATIENCE)).as(run.output()).isZero();
            return Files.readString(log);
        }
    }
}
