package io.github.sparkcnn.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.train.TrainingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;

/**
 * Seconds from one CSV file to packed shares of two workers, a tenth of the images held out to be evaluated on, and the file's
 * checksum: the phase {@code read} in a run's manifest. Arguments: the CSV, [rounds]. It uses nothing but what a run's settings
 * are, so that it can be compiled against an older build.
 */
public final class PackBenchmark {

    private PackBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        Path folder = Files.createTempDirectory("pack-benchmark");
        double[] seconds = new double[rounds];
        try (SparkSession spark = SparkSession.builder()
                .master("local[2]")
                .appName("pack-benchmark")
                .config("spark.ui.enabled", false)
                .getOrCreate()) {
            spark.sparkContext().setLogLevel("ERROR");
            for (int round = -2; round < rounds; round++) {
                double read = read(spark, arguments[0], folder.resolve("run" + round));
                if (round >= 0) {
                    seconds[round] = read;
                }
            }
        }
        Arrays.sort(seconds);
        System.out.printf(
                Locale.ROOT,
                "CSV -> 2 packed shares and validation-fraction, local[2]: %.2f s (%.2f to %.2f), %d warm rounds%n",
                seconds[rounds / 2],
                seconds[0],
                seconds[rounds - 1],
                rounds);
    }

    private static double read(SparkSession spark, String csv, Path output) throws IOException {
        Storage storage = Storage.ofLocalMaster(spark.sparkContext().hadoopConfiguration());
        List<String> settings = List.of(
                "data.train=" + csv,
                "data.validation-fraction=0.1",
                "network.name=all-convolutional",
                "training.workers=2",
                "training.epochs=1");
        new TrainingRun(
                        spark,
                        ConfigurationReader.read("pack", "", settings),
                        storage,
                        storage.path(output.toString()),
                        List.of())
                .execute();
        return new ObjectMapper()
                .readTree(output.resolve("manifest.json").toFile())
                .at("/seconds/read")
                .asDouble();
    }
}
