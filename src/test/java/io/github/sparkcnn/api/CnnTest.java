package io.github.sparkcnn.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.compare.Comparison;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.config.DataConfig;
import io.github.sparkcnn.data.ImageReader;
import io.github.sparkcnn.data.ImageTable;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.eval.EvaluationReport;
import io.github.sparkcnn.io.Json;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.train.listener.TrainingListener;
import io.github.sparkcnn.tune.Halving;
import io.github.sparkcnn.tune.Objective;
import io.github.sparkcnn.tune.Search;
import io.github.sparkcnn.tune.SearchListener;
import io.github.sparkcnn.tune.SearchPlan;
import io.github.sparkcnn.tune.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CnnTest extends SparkTest {

    private static final String SMALL = """
            network.name = all-convolutional
            data.labels = [a, b, c, d, e, f, g, h, i, j]
            training { epochs = 2, batch-size = 32, strategy = local }
            device.threads = 1
            """;

    private static final String SAMPLE = "data.sample { train-images = 200, test-images = 100 }\n";

    @TempDir
    Path folder;

    @Test
    void trainsEvaluatesPredictsSavesAndLoads() {
        List<String> heard = new ArrayList<>();
        Cnn cnn = Cnn.on(spark(), new TrainingListener() {
            @Override
            public void noticed(String notice) {
                heard.add(notice);
            }
        });
        CnnModel model = cnn.train(sample("sample:train"), sample("sample:test"), SMALL);
        EvaluationReport report = model.evaluate(sample("sample:test"));
        String path = folder.resolve("model").toString();
        model.save(path);
        CnnModel loaded = cnn.load(path);

        assertThat(heard).anyMatch(notice -> notice.startsWith("Backend: "));
        assertThat(model.labels()).startsWith("a", "b");
        assertThat(model.epochs()).hasSize(2);
        assertThat(report.accuracy()).isEqualTo(model.epochs().get(1).validationAccuracy());
        assertThat(report.loss()).isEqualTo(model.epochs().get(1).validationLoss());
        assertThat(loaded.evaluate(sample("sample:test")).loss()).isEqualTo(report.loss());
        assertThat(loaded.epochs()).isEmpty();
        List<Row> rows = loaded.predict(sample("sample:test")).collectAsList();
        assertThat(rows).hasSize(100);
        assertThat(rows.get(0).schema().fieldNames())
                .containsExactly("true_label", "label", "name", "probability", "margin");
        assertThat(rows.stream().filter(row -> row.getInt(0) == row.getInt(1)).count() / 100.0)
                .isEqualTo(report.accuracy());
    }

    @Test
    void refusesAConfigurationThatWantsATestSetWhereThereIsNone() {
        assertThatThrownBy(() ->
                        Cnn.on(spark()).train(sample("sample:train"), SMALL + "training.early-stopping.patience = 1"))
                .hasMessageContaining("there is no test set to measure the validation loss on");
    }

    @Test
    void comparesOneWorkerWithTwo() throws IOException {
        String experiment = SMALL + SAMPLE + """
                data.train = "sample:train"
                data.test = "sample:test"
                """;
        Cnn cnn = Cnn.on(spark());
        String output = folder.resolve("compared").toString();

        Comparison comparison = cnn.compare(experiment, List.of(2, 1), 0.05, output);

        List<Comparison.Row> rows = comparison.rows();
        assertThat(rows).extracting(Comparison.Row::workers).containsExactly(1, 2);
        assertThat(rows).allSatisfy(row -> assertThat(row.epochs()).hasSize(2));
        for (Comparison.Row row : rows) {
            assertThat(cnn.load(runOf(row)).evaluate(sample("sample:test")).accuracy())
                    .isEqualTo(row.accuracy());
        }
        assertThat(comparison.targetAccuracy()).isEqualTo(0.05);
        assertThat(Json.read(Files.readAllBytes(folder.resolve("compared/compare.json")), Comparison.class))
                .isEqualTo(comparison);
    }

    /** The best of a halved search is what its configuration is trained to, and what its folder says. */
    @Test
    void tunesAndTrainsTheBest() throws IOException {
        String experiment = SMALL + SAMPLE + """
                data { train = "sample:train", validation-fraction = 0.2, train-images = 100 }
                """;
        List<Integer> heard = new ArrayList<>();
        Cnn cnn = Cnn.on(spark());

        Search search = cnn.tune(
                experiment,
                "training { optimizer.learning-rate = { from = 1e-4, to = 1e-2, scale = log }, batch-size = [16, 32] }",
                new SearchPlan(4, Optional.empty(), Objective.ACCURACY, Optional.of(new Halving(2, 1)), 1),
                new SearchListener() {
                    @Override
                    public void begun(int trial, Map<String, String> settings) {
                        heard.add(trial);
                    }
                },
                folder.resolve("tuned").toString());

        assertThat(search.trials()).hasSize(4);
        assertThat(heard).contains(1, 2, 3, 4);
        assertThat(Json.read(Files.readAllBytes(folder.resolve("tuned/tune.json")), Search.class))
                .isEqualTo(search);
        Trial best = search.bestTrial().orElseThrow();
        CnnModel model = cnn.train(sample("sample:train"), Files.readString(folder.resolve("tuned/best.conf")));
        assertThat(model.epochs()).extracting(EpochMetrics::validationAccuracy).endsWith(best.value());
        assertThat(model.epochs())
                .extracting(EpochMetrics::trainLoss)
                .containsExactlyElementsOf(
                        best.epochs().stream().map(EpochMetrics::trainLoss).toList());
    }

    /** The folder's name may go on behind the number of workers. */
    private String runOf(Comparison.Row row) throws IOException {
        try (Stream<Path> runs = Files.list(folder.resolve("compared"))) {
            return runs.filter(run -> run.getFileName().toString().startsWith("all-reduce-" + row.workers()))
                    .findFirst()
                    .orElseThrow()
                    .toString();
        }
    }

    @Test
    void refusesToCompareWhatTheCommandRefuses() {
        String output = folder.resolve("refused").toString();

        assertThatThrownBy(() -> Cnn.on(spark()).compare(SMALL, List.of(0), 0.85, output))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot compare: --workers is 0.");
        assertThatThrownBy(() -> Cnn.on(spark()).compare(SMALL, List.of(1), 85, output))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot compare: --target is 85.0.");
        assertThat(folder.resolve("refused")).doesNotExist();
    }

    private static ImageTable sample(String path) {
        Storage storage = Storage.ofLocalMaster(spark().sparkContext().hadoopConfiguration());
        DataConfig small =
                ConfigurationReader.read("the sample", SAMPLE, List.of()).data();
        return new ImageReader(spark(), storage).read(ImageSource.of(path, "data", Split.TRAIN, small));
    }
}
