package io.github.sparkcnn.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.train.TrainingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What an epoch costs beside its training steps, from the run's manifest: a line an epoch, the parts in milliseconds, and the
 * whole as a multiple of the steps. Checkpoints, TensorBoard and evaluation included, as by default.
 */
@Command(name = "EpochBenchmark", mixinStandardHelpOptions = true)
final class EpochBenchmark implements Runnable {

    private static final List<String> PARTS = List.of(
            "total",
            "train",
            "train.steps",
            "train.minibatches",
            "train.averaging",
            "train.waiting",
            "train.save",
            "train.tell",
            "evaluate",
            "save",
            "tell",
            "other");

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "Training and test images, IDX.")
    private String data;

    @Option(names = "--networks", split = ",", paramLabel = "NAME", description = "Default: all.")
    private List<String> networks = Networks.NAMES;

    @Option(names = "--strategies", split = ",", paramLabel = "S", description = "Default: local,all-reduce.")
    private List<String> strategies = List.of("local", "all-reduce");

    @Option(names = "--epochs", paramLabel = "N", description = "Default: 3.")
    private int epochs = 3;

    @Option(names = "--cores", paramLabel = "N", description = "Of the machine, and workers. Default: 2.")
    private int cores = 2;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Further configuration.")
    private List<String> settings = List.of();

    public static void main(String[] args) {
        System.exit(new CommandLine(new EpochBenchmark()).execute(args));
    }

    @Override
    public void run() {
        System.out.println("| network | strategy | epoch | " + String.join(" | ", PARTS) + " | total / steps |");
        System.out.println("|---".repeat(PARTS.size() + 4) + "|");
        try (SparkSession spark = SparkSession.builder()
                .master("local[" + cores + "]")
                .appName("epoch benchmark")
                .config("spark.ui.enabled", "false")
                .config("spark.ui.showConsoleProgress", "false")
                .getOrCreate()) {
            for (String network : networks) {
                for (String strategy : strategies) {
                    measure(spark, network, strategy);
                }
            }
        }
    }

    private void measure(SparkSession spark, String network, String strategy) {
        Storage storage = Storage.ofLocalMaster(spark.sparkContext().hadoopConfiguration());
        List<String> all = new ArrayList<>(List.of(
                "data.train=" + data,
                "data.test=" + data,
                "network.name=" + network,
                "training.strategy=" + strategy,
                "training.workers=" + cores,
                "training.epochs=" + epochs));
        all.addAll(settings);
        try {
            Path folder = Files.createTempDirectory("epoch-benchmark").resolve("run");
            new TrainingRun(
                            spark,
                            ConfigurationReader.read("benchmark", "", all),
                            storage,
                            storage.path(folder.toString()),
                            List.of())
                    .execute();
            JsonNode manifest =
                    new ObjectMapper().readTree(folder.resolve("manifest.json").toFile());
            int number = 1;
            for (JsonNode epoch : manifest.get("epochs")) {
                print(network, strategy, number++, epoch);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void print(String network, String strategy, int number, JsonNode epoch) {
        StringBuilder line = new StringBuilder("| " + network + " | " + strategy + " | " + number + " |");
        for (String part : PARTS) {
            line.append(String.format(
                    Locale.ROOT, " %.0f |", 1000 * epoch.path(part).asDouble()));
        }
        double ratio = epoch.get("total").asDouble() / epoch.path("train.steps").asDouble();
        System.out.println(line + String.format(Locale.ROOT, " %.2f |", ratio));
    }
}
