package io.github.sparkcnn.soak;

import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.train.TrainingRun;
import io.github.sparkcnn.train.listener.TrainingListener;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.SparkEnv;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageStatus;

/** The driver: trains with the settings behind the run's folder, and prints what Spark's storage holds after every epoch. */
final class SoakDriver implements TrainingListener {

    private SoakDriver() {}

    public static void main(String... args) {
        try (SparkSession spark = SparkSession.builder().appName("soak").getOrCreate()) {
            Storage storage = Storage.ofLocalMaster(spark.sparkContext().hadoopConfiguration());
            new TrainingRun(
                            spark,
                            ConfigurationReader.read("soak", "", List.of(args).subList(1, args.length)),
                            storage,
                            storage.path(args[0]),
                            List.of(new SoakDriver()))
                    .execute();
        }
    }

    @Override
    public void epochEnded(EpochMetrics metrics, Network network) {
        StorageStatus[] all = SparkEnv.get().blockManager().master().getStorageStatus();
        int broadcasts = Arrays.stream(all)
                .mapToInt(status -> status.blocks().count(block -> block._1().isBroadcast()))
                .sum();
        long bytes = Arrays.stream(all).mapToLong(StorageStatus::memUsed).sum();
        System.out.println(new Line(metrics.epoch(), broadcasts, bytes));
    }

    /** What it prints of an epoch. */
    record Line(int epoch, int broadcasts, long bytes) {
        private static final String START = "soak ";

        static boolean is(String text) {
            return text.startsWith(START);
        }

        static Line parse(String text) {
            String[] words = text.split(" ", -1);
            return new Line(Integer.parseInt(words[1]), Integer.parseInt(words[2]), Long.parseLong(words[3]));
        }

        @Override
        public String toString() {
            return START + epoch + " " + broadcasts + " " + bytes;
        }
    }
}
