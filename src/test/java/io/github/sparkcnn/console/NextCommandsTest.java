package io.github.sparkcnn.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.config.ConfigurationReader;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

class NextCommandsTest {

    private static final Path RUN = new Path("file", null, "/my runs/a");

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

        assertThat(new NextCommands("submit/yarn", false, new Path("hdfs://host/r"), configuration).lines())
                .contains(
                        "  see how it went   hdfs://host/r/report.html",
                        "  evaluate it       submit/yarn evaluate --model hdfs://host/r --data b");
    }

    @Test
    void behindASearchOneTrainsWithWhatItFound() {
        Path search = new Path("file", null, "/my runs/it's");

        assertThat(NextCommands.ofSearch(
                        "submit/local", true, new Path(search, "tune.html"), new Path(search, "best.conf")))
                .containsExactly(
                        "",
                        "  Next:",
                        "  see how it went   file:///my%20runs/it's/tune.html",
                        "  train with it     submit/local train '/my runs/it'\\''s/best.conf'");
        assertThat(NextCommands.ofSearch(
                        "submit/yarn", false, new Path("hdfs://host/s/tune.html"), new Path("hdfs://host/s/best.conf")))
                .endsWith(
                        "  see how it went   hdfs://host/s/tune.html",
                        "  train with it     submit/yarn train hdfs://host/s/best.conf");
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
        return new NextCommands("submit/local", true, run, configuration(settings)).lines();
    }

    private static Configuration configuration(String... settings) {
        return ConfigurationReader.read("the defaults", "", List.of(settings));
    }
}
