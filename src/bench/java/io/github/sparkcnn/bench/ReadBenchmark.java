package io.github.sparkcnn.bench;

import io.github.sparkcnn.config.DataConfig;
import io.github.sparkcnn.data.ImageReader;
import io.github.sparkcnn.data.ImageTable;
import io.github.sparkcnn.data.csv.CsvWriter;
import io.github.sparkcnn.data.format.ImageFormats;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.data.pack.Shares;
import io.github.sparkcnn.io.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Seconds from the 60,000 images of Fashion-MNIST in one CSV file to packed partitions on two workers, beside Spark's own
 * CSV reader with an explicit schema of 785 columns, which only reads. Arguments: the IDX folder, [rounds].
 */
public final class ReadBenchmark {

    private ReadBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        Path folder = Files.createTempDirectory("read-benchmark");
        Path csv = folder.resolve("train.csv");
        try (SparkSession spark = SparkSession.builder()
                .master("local[2]")
                .appName("read-benchmark")
                .config("spark.ui.enabled", false)
                .getOrCreate()) {
            spark.sparkContext().setLogLevel("ERROR");
            Storage storage = Storage.ofLocalMaster(spark.sparkContext().hadoopConfiguration());
            CsvWriter.write(
                    storage,
                    storage.path(csv.toString()),
                    table(spark, arguments[0]).collect());
            System.out.printf(Locale.ROOT, "%,d bytes, local[2], median of %d warm rounds%n", Files.size(csv), rounds);
            report("CSV -> DataFrame -> 2 packed partitions", rounds, () -> pack(spark, csv.toString()));
            report("IDX.gz -> DataFrame -> 2 packed partitions", rounds, () -> pack(spark, arguments[0]));
            report("Spark's CSV reader, 785 columns, read only", rounds, () -> readWithSpark(spark, csv.toString()));
        } finally {
            Files.deleteIfExists(csv);
            Files.deleteIfExists(folder);
        }
    }

    private static ImageTable table(SparkSession spark, String path) {
        return ImageReader.on(spark)
                .read(new ImageSource(
                        path, "the first argument", Split.TRAIN, ImageFormats.AUTO, DataConfig.Malformed.FAIL, 10));
    }

    private static long pack(SparkSession spark, String path) {
        try (Shares shares = table(spark, path).shares(2)) {
            return shares.size();
        }
    }

    private static long readWithSpark(SparkSession spark, String path) {
        StructType schema = new StructType().add("label", DataTypes.IntegerType);
        for (int i = 1; i <= 784; i++) {
            schema = schema.add("pixel" + i, DataTypes.IntegerType);
        }
        // A sum over all columns' rows: count() alone would not parse them.
        return spark.read()
                .schema(schema)
                .option("header", true)
                .option("mode", "FAILFAST")
                .csv(path)
                .queryExecution()
                .toRdd()
                .toJavaRDD()
                .filter(row -> row.getInt(0) >= 0)
                .count();
    }

    private static void report(String what, int rounds, Supplier<Long> work) {
        double[] seconds = new double[rounds];
        long images = 0;
        for (int round = -2; round < rounds; round++) {
            long start = System.nanoTime();
            images = work.get();
            if (round >= 0) {
                seconds[round] = (System.nanoTime() - start) / 1e9;
            }
        }
        Arrays.sort(seconds);
        System.out.printf(
                Locale.ROOT,
                "%-45s %6.2f s  (%.2f to %.2f), %,d images%n",
                what,
                seconds[rounds / 2],
                seconds[0],
                seconds[rounds - 1],
                images);
    }
}
