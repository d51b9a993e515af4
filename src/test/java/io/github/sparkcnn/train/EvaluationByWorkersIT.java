package io.github.sparkcnn.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.data.ImageReader;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.pack.Share;
import io.github.sparkcnn.eval.Evaluation;
import io.github.sparkcnn.eval.Mistake;
import io.github.sparkcnn.eval.TestSet;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.io.Json;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.kernel.Engines;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.model.ModelFolder;
import io.github.sparkcnn.train.listener.TrainingListener;
import io.github.sparkcnn.train.report.RunReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a process of its own: the tests' session has two slots. */
@Tag("cluster")
class EvaluationByWorkersIT {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Of which 1,290 are six batches, the last of ten. */
    private static final int TEST_IMAGES = 1290;

    private static final List<Integer> WORKERS = List.of(1, 2, 3, 5);
    private static final String SAID = "of %d workers %s said %s";

    @TempDir
    Path folder;

    /** Trains with each number of workers, and prints what they found at their evaluation, and what the driver does of the saved model. */
    static final class Main {

        private Main() {}

        public static void main(String... args) {
            Path folder = Path.of(args[0]);
            try (SparkSession spark = SparkSession.builder().getOrCreate()) {
                Storage storage = Storage.ofLocalMaster(spark.sparkContext().hadoopConfiguration());
                for (int workers : WORKERS) {
                    Heard heard = new Heard();
                    String output = folder.resolve("run-" + workers).toString();
                    new TrainingRun(
                                    spark,
                                    ConfigurationReader.read("evaluation", "", settings(folder, workers)),
                                    storage,
                                    storage.path(output),
                                    List.of(heard))
                            .execute();
                    System.out.println(SAID.formatted(workers, "they", heard.evaluation));
                    System.out.println(
                            SAID.formatted(workers, "the driver", text(inDriver(spark, storage, folder, output))));
                }
            }
        }

        private static List<String> settings(Path folder, int workers) {
            return List.of(
                    "data.train=" + folder.resolve("train.csv"),
                    "data.test=" + folder.resolve("test.csv"),
                    "network.name=all-convolutional",
                    "training.epochs=1",
                    "training.workers=" + workers);
        }

        private static Evaluation inDriver(SparkSession spark, Storage storage, Path folder, String output) {
            ModelFolder.Saved saved = ModelFolder.load(storage, output);
            Configuration configuration =
                    ConfigurationReader.read("evaluation", "", List.of("data.train=" + folder.resolve("test.csv")));
            PackedImages images = new ImageReader(spark, storage)
                    .read(ImageSource.train(configuration.data())
                            .as(saved.card().classes()))
                    .collect();
            try (Replica replica =
                    Engines.open(saved.network(), images.shape(), KernelOptions.of(configuration.device(), 2))) {
                return new TestSet(
                                Share.of(images),
                                saved.card().normalization(),
                                saved.card().labels().size(),
                                RunReport.MISTAKES)
                        .evaluate(replica)
                        .evaluation(saved.card().labels());
            }
        }
    }

    /** The last evaluation, as text. */
    private static final class Heard implements TrainingListener {
        private String evaluation = "nothing";

        @Override
        public void evaluated(int epoch, PackedImages samples, Evaluation of) {
            evaluation = text(of);
        }
    }

    /** The whole report, and the mistakes. */
    private static String text(Evaluation evaluation) {
        String mistakes =
                evaluation.mistakes().stream().map(EvaluationByWorkersIT::text).collect(Collectors.joining(", "));
        return Json.line(evaluation.report().toMap()).strip() + " " + mistakes;
    }

    private static String text(Mistake mistake) {
        return mistake.index() + " as " + mistake.predicted() + " with " + mistake.probability();
    }

    @Test
    void anyNumberOfWorkersInAStageSaysWhatTheDriverSays() throws IOException {
        StripedImages.writeCsv(folder.resolve("train.csv"), 60, 1);
        StripedImages.writeCsv(folder.resolve("test.csv"), TEST_IMAGES, 2);
        try (RunProcess process = RunProcess.start(
                folder.resolve("log"),
                Map.of("spark.master", "local[5]", "spark.app.name", "evaluation", "spark.ui.enabled", "false"),
                Map.of("OMP_NUM_THREADS", "1", "SPARK_LOCAL_IP", "127.0.0.1"),
                Main.class,
                List.of(folder.toString()))) {
            assertThat(process.awaitEnd(PATIENCE)).as(process.output()).isZero();

            List<String> lines = process.output().lines().toList();
            for (int workers : WORKERS) {
                String byWorkers = said(lines, workers, "they");
                assertThat(byWorkers).contains("accuracy", " as ").isEqualTo(said(lines, workers, "the driver"));
            }
        }
    }

    private static String said(List<String> lines, int workers, String who) {
        String begins = SAID.formatted(workers, who, "");
        List<String> said = new ArrayList<>();
        lines.stream()
                .filter(line -> line.startsWith(begins))
                .forEach(line -> said.add(line.substring(begins.length())));
        assertThat(said).hasSize(1);
        return said.get(0);
    }
}
