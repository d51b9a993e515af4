package io.github.sparkcnn.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.io.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NextCommandsTest {

    private static final NextCommands LOCAL = new NextCommands("submit/local", true);
    private static final Configuration UNTRACKED = configuration();
    private static final Path RUN = new Path("file", null, "/my runs/a");

    @TempDir
    private java.nio.file.Path folder;

    private final Storage storage = Storage.ofLocalMaster(new org.apache.hadoop.conf.Configuration(false));

    @Test
    void namesTheRunAndItsData() {
        assertThat(lines(RUN, "data.train=data/m", "data.test=data/m"))
                .containsExactly(
                        "",
                        "  Next:",
                        "  see how it went   file:///my%20runs/a/report.html",
                        "  evaluate it       submit/local evaluate --model '/my runs/a' --data data/m",
                        "  predict with it   submit/local predict --model '/my runs/a' --data data/m --output"
                                + " '/my runs/a/predictions'");
    }

    @Test
    void carriesTheSettingsThatTheCommandsNeed() {
        List<String> lines = lines(
                RUN,
                "data.train=x.csv",
                "data.test=it's.csv",
                "data.format=csv",
                "data.columns.label=kind",
                "data.malformed=drop",
                "data.shape=[2, 2, 3]",
                "device.threads=2",
                "training.epochs=3");

        assertThat(lines.get(3))
                .endsWith(" --data 'it'\\''s.csv' --format csv --set data.columns.label=kind --set data.malformed=drop"
                        + " --set 'data.shape=[2, 2, 3]' --set device.threads=2");
        assertThat(lines.get(4))
                .contains(
                        " --set data.columns.label=kind --set 'data.shape=[2, 2, 3]' --set device.threads=2 --output");
    }

    @Test
    void withoutATestSetThereIsNothingToEvaluateOn() {
        assertThat(lines(RUN, "data.train=photos", "data.test=null", "data.validation-fraction=0.1"))
                .noneMatch(line -> line.contains("evaluate"))
                .anyMatch(line -> line.contains("predict --model '/my runs/a' --data photos "));
    }

    @Test
    void onAClusterPathsKeepTheirScheme() {
        Configuration configuration = configuration("data.train=a", "data.test=b");

        assertThat(new NextCommands("submit/yarn", false).ofRun(new Path("hdfs://host/r"), configuration))
                .contains(
                        "  see how it went   hdfs://host/r/report.html",
                        "  evaluate it       submit/yarn evaluate --model hdfs://host/r --data b");
    }

    @Test
    void whatWasDownloadedIsTrainedOn() {
        assertThat(LOCAL.ofDownload("conf/fashion-cnn.conf", Optional.empty()))
                .containsExactly("", "  Next:", "  train on it       submit/local train conf/fashion-cnn.conf");
        assertThat(LOCAL.ofDownload("conf/fashion-cnn.conf", Optional.of(new Path("file", null, "/my data"))))
                .endsWith("  train on it       submit/local train conf/fashion-cnn.conf --set 'data.train=/my data'"
                        + " --set 'data.test=/my data'");
    }

    @Test
    void whatIsTrackedIsSeenInMlflow() {
        Configuration onServer = configuration("tracking.mlflow.uri=http://tracking:5000/team");
        Configuration inFolder = configuration("tracking.mlflow.uri=file:my%20runs/mlruns");

        assertThat(LOCAL.ofRun(RUN, onServer)).endsWith("  see its record    http://tracking:5000/team");
        assertThat(LOCAL.ofSearch(RUN, RUN, inFolder))
                .endsWith(
                        "  see its record    MLFLOW_ALLOW_FILE_STORE=true mlflow ui --backend-store-uri 'my runs/mlruns'");
        assertThat(LOCAL.ofComparison(RUN, RUN, List.of(), inFolder))
                .endsWith(
                        "  see its record    MLFLOW_ALLOW_FILE_STORE=true mlflow ui --backend-store-uri 'my runs/mlruns'");
        assertThat(LOCAL.ofRun(RUN, UNTRACKED)).noneMatch(line -> line.contains("record"));
    }

    @Test
    void behindASearchOneTrainsWithWhatItFound() {
        Path search = new Path("file", null, "/my runs/it's");

        assertThat(LOCAL.ofSearch(new Path(search, "tune.html"), new Path(search, "best.conf"), UNTRACKED))
                .containsExactly(
                        "",
                        "  Next:",
                        "  see how it went   file:///my%20runs/it's/tune.html",
                        "  train with it     submit/local train '/my runs/it'\\''s/best.conf'");
        assertThat(new NextCommands("submit/yarn", false)
                        .ofSearch(new Path("hdfs://host/s/tune.html"), new Path("hdfs://host/s/best.conf"), UNTRACKED))
                .endsWith(
                        "  see how it went   hdfs://host/s/tune.html",
                        "  train with it     submit/yarn train hdfs://host/s/best.conf");
    }

    @Test
    void behindAComparisonOneTrainsWithAsManyWorkersAsWereFastest() {
        Path compared = new Path("file", null, "/c");

        assertThat(LOCAL.ofComparison(
                        new Path(compared, "compare.html"),
                        new Path(compared, "all-reduce-2-total"),
                        List.of("my conf", "--set", "training.workers=2"),
                        configuration("data.train=a.csv", "data.test=b.csv")))
                .containsExactly(
                        "",
                        "  Next:",
                        "  see how it went     file:///c/compare.html",
                        "  train the fastest   submit/local train 'my conf' --set training.workers=2",
                        "  predict with it     submit/local predict --model /c/all-reduce-2-total --data b.csv --output"
                                + " /c/all-reduce-2-total/predictions");
    }

    @Test
    void behindAnEvaluationOneSeesItsMistakes() {
        Path run = path("run");
        NextCommands.Images images = images("x.csv", "data.malformed=drop", "device.threads=2");

        assertThat(LOCAL.ofEvaluation(storage, run, images, Optional.of(path("e/report.txt")), false))
                .containsExactly(
                        "",
                        "  Next:",
                        "  see how it went    file://" + folder + "/e/report.txt",
                        "  see its mistakes   submit/local data show --model " + folder
                                + "/run --data x.csv --format csv --set data.malformed=drop --set device.threads=2"
                                + " --explain --output " + folder + "/run/mistakes.png",
                        "  predict with it    submit/local predict --model " + folder
                                + "/run --data x.csv --format csv --set device.threads=2 --output " + folder
                                + "/run/predictions");
        assertThat(LOCAL.ofEvaluation(storage, run, images, Optional.empty(), true))
                .hasSize(3)
                .last()
                .asString()
                .startsWith("  predict with it   submit/local predict ");
    }

    @Test
    void nothingThatIsThereIsToBeWrittenOver() throws IOException {
        Files.createDirectories(folder.resolve("run/predictions"));
        Files.createDirectories(folder.resolve("run/predictions-2"));
        Files.createFile(folder.resolve("run/mistakes.png"));

        // Of a model folder it is the run's that has room.
        assertThat(LOCAL.ofEvaluation(storage, path("run/model"), images("x.csv"), Optional.empty(), false))
                .anyMatch(line -> line.contains("--model " + folder + "/run/model ")
                        && line.endsWith(" --output " + folder + "/run/mistakes-2.png"))
                .anyMatch(line -> line.endsWith(" --output " + folder + "/run/predictions-3"));
    }

    @Test
    void behindPredictionsOneEvaluatesWhereThereAreLabels() {
        String images = " --model " + folder + "/run --data x.csv --format csv";

        assertThat(LOCAL.ofPredictions(storage, path("run"), images("x.csv"), true))
                .containsExactly(
                        "",
                        "  Next:",
                        "  evaluate it        submit/local evaluate" + images,
                        "  see its mistakes   submit/local data show" + images + " --explain --output " + folder
                                + "/run/mistakes.png");
        assertThat(LOCAL.ofPredictions(storage, path("run"), images("x.csv"), false))
                .containsExactly("", "  Next:", "  see its layers    submit/local show --model " + folder + "/run");
    }

    @Test
    void behindAnExportTheSameIsPredictedInSpark() {
        assertThat(LOCAL.ofExport(storage, path("run"), "my photographs"))
                .containsExactly(
                        "",
                        "  Next:",
                        "  the same in Spark   submit/local predict --model " + folder
                                + "/run --data 'my photographs' --engine onnx --output " + folder + "/run/predictions",
                        "  see its layers      submit/local show --model " + folder + "/run");
        assertThat(LOCAL.ofWeights(path("run")))
                .containsExactly("", "  Next:", "  see its layers    submit/local show --model " + folder + "/run");
    }

    @Test
    void behindAnImportWhatFitsTheSampleIsExported() {
        assertThat(LOCAL.ofImport(storage, path("i/model"), true))
                .containsExactly(
                        "",
                        "  Next:",
                        "  see its layers     submit/local show --model " + folder + "/i/model",
                        "  write it as ONNX   submit/local export --model " + folder + "/i/model --onnx " + folder
                                + "/i/model.onnx");
        assertThat(LOCAL.ofImport(storage, path("i/model"), false)).hasSize(3);
    }

    private Path path(String name) {
        return storage.path(folder.resolve(name).toString());
    }

    private static NextCommands.Images images(String data, String... settings) {
        return new NextCommands.Images(data, "csv", configuration(settings));
    }

    @Test
    void theLauncherIsTheOneThatWasUsed() {
        Map<String, String> told = Map.of("SPARKCNN_LAUNCHER", "bin/yarn --deploy-mode cluster");

        assertThat(NextCommands.launcher(told, "yarn")).isEqualTo("bin/yarn --deploy-mode cluster");
        assertThat(List.of("yarn", "k8s://https://x", "local[2]", "spark://h:7077").stream()
                        .map(master -> NextCommands.launcher(Map.of(), master)))
                .containsExactly(
                        "submit/yarn",
                        "submit/kubernetes",
                        "submit/local",
                        "submit/standalone --master spark://h:7077");
    }

    private static List<String> lines(Path run, String... settings) {
        return LOCAL.ofRun(run, configuration(settings));
    }

    private static Configuration configuration(String... settings) {
        return ConfigurationReader.read("the defaults", "", List.of(settings));
    }
}
