package io.github.sparkcnn.train;

import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.train.listener.TrainingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;

/** A JVM of its own for {@link MemoryIT}: trains, and prints what is resident after every epoch, garbage not counted. */
final class MemoryOfEpochs implements TrainingListener {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final long DEALLOCATOR_MILLIS = 200;

    private MemoryOfEpochs() {}

    public static void main(String... args) {
        List<String> settings = List.of(args).subList(1, args.length);
        try (SparkSession spark = SparkSession.builder()
                .master("local[2]")
                .appName("memory")
                .config("spark.ui.enabled", "false")
                .getOrCreate()) {
            Storage storage = Storage.ofLocalMaster(spark.sparkContext().hadoopConfiguration());
            new TrainingRun(
                            spark,
                            ConfigurationReader.read("memory", "", settings),
                            storage,
                            storage.path(args[0]),
                            List.of(new MemoryOfEpochs()))
                    .execute();
        }
    }

    @Override
    public void epochEnded(EpochMetrics metrics, Network network) {
        // ND4J and JavaCPP free what the collector has found, in threads of their own.
        collectGarbage();
        collectGarbage();
        System.out.println("resident " + metrics.epoch() + " " + residentKilobytes());
    }

    private static void collectGarbage() {
        System.gc();
        try {
            TimeUnit.MILLISECONDS.sleep(DEALLOCATOR_MILLIS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long residentKilobytes() {
        try (var lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(STATUS + ": " + e.getMessage(), e);
        }
    }
}
