package io.github.sparkcnn.bench;

import com.sun.management.OperatingSystemMXBean;
import io.github.sparkcnn.data.ImageReader;
import io.github.sparkcnn.data.format.ImageFormats;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.data.pack.PackedTable;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;

/**
 * Seconds from encoded images in folders or archives to packed blocks on two cores, listing and checksums with them: train, then
 * test, as a run reads them. The first round is that of a cold JVM. Arguments: rounds, a path, ….
 */
public final class DecodeBenchmark {

    private DecodeBenchmark() {}

    public static void main(String[] arguments) {
        int rounds = Integer.parseInt(arguments[0]);
        try (SparkSession spark = SparkSession.builder()
                .master("local[2]")
                .appName("decode-benchmark")
                .config("spark.ui.enabled", false)
                .getOrCreate()) {
            spark.sparkContext().setLogLevel("ERROR");
            for (int i = 1; i < arguments.length; i++) {
                for (int round = 0; round < rounds; round++) {
                    long start = System.nanoTime();
                    long processor = processorNanos();
                    int images = pack(spark, arguments[i], Split.TRAIN) + pack(spark, arguments[i], Split.TEST);
                    double seconds = (System.nanoTime() - start) / 1e9;
                    System.out.printf(
                            Locale.ROOT,
                            "%s: %,d images in %.1f s, %.1f s of processor, %,.0f images/s%n",
                            arguments[i],
                            images,
                            seconds,
                            (processorNanos() - processor) / 1e9,
                            images / seconds);
                }
            }
        }
    }

    /** What a machine with other work on it does not change. */
    private static long processorNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private static int pack(SparkSession spark, String path, Split split) {
        ImageSource source = new ImageSource(path, "an argument", split, ImageFormats.AUTO);
        try (PackedTable packed = ImageReader.on(spark).read(source).pack()) {
            return packed.size();
        }
    }
}
