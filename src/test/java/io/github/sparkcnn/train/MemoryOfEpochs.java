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

    static final int EPOCHS = 24;
    static final int EARLY = 12;
    /** How many epochs count, up to the early one and up to the last. */
    static final int MEASURED = 4;

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path MAPS = Path.of("/proc/self/maps");
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
        boolean isMeasured = isAmongTheLast(EARLY, metrics.epoch()) || isAmongTheLast(EPOCHS, metrics.epoch());
        collectGarbage(isMeasured);
        collectGarbage(isMeasured);
        System.out.println("resident " + metrics.epoch() + " " + residentKilobytes());
    }

    private static boolean isAmongTheLast(int end, int epoch) {
        return epoch > end - MEASURED && epoch <= end;
    }

    /** ND4J and JavaCPP free what the collector has found in threads of their own; whether to wait for them. */
    private static void collectGarbage(boolean isToTheEnd) {
        System.gc();
        if (!isToTheEnd) {
            return;
        }
        try {
            TimeUnit.MILLISECONDS.sleep(DEALLOCATOR_MILLIS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Without what is mapped of files, libraries above all, which comes and goes as the system has room for it. Memory that workers share
     * counts whole: how much of it they have used is a matter of how far one has once been ahead of the other.
     */
    private static long residentKilobytes() {
        try {
            long anonymous = Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith("RssAnon:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(STATUS + " has no RssAnon"));
            long shared = Files.readAllLines(MAPS).stream()
                    .filter(line -> line.contains(" /dev/shm/"))
                    .mapToLong(MemoryOfEpochs::kilobytes)
                    .sum();
            return anonymous + shared;
        } catch (IOException e) {
            throw new UncheckedIOException("/proc/self: " + e.getMessage(), e);
        }
    }

    /** Of a line of maps, which begins with hexadecimal {@code start-end}. */
    private static long kilobytes(String mapping) {
        String[] bounds = mapping.substring(0, mapping.indexOf(' ')).split("-", 2);
        return (Long.parseUnsignedLong(bounds[1], 16) - Long.parseUnsignedLong(bounds[0], 16)) / 1024;
    }
}
