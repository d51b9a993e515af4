package io.github.sparkcnn.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sparkcnn.data.ImageReader;
import io.github.sparkcnn.data.format.ImageFormats;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.image.Classes;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.image.PixelScale;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.kernel.Kernels;
import io.github.sparkcnn.model.ModelCard;
import io.github.sparkcnn.model.ModelFolder;
import io.github.sparkcnn.network.architecture.Architectures;
import io.github.sparkcnn.network.optimizer.Sgd;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * The command {@code predict} in a process of its own on {@code local[2]}: fashion-cnn on the images of Fashion-MNIST, copied so
 * many times into a Parquet table with ids, reading and writing included. Arguments: the IDX folder, [copies], [rounds], [the class
 * path of another build]. The other build, which may not read Parquet, is given the same images as IDX, by turns.
 */
public final class PredictBenchmark {
    private static final int IMAGES_OF_IDX = 0x803;
    private static final int LABELS_OF_IDX = 0x801;

    private PredictBenchmark() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int copies = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
        int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
        Optional<String> other = arguments.length > 3 ? Optional.of(arguments[3]) : Optional.empty();
        Path folder = Files.createTempDirectory("predict-benchmark");
        prepare(arguments[0], copies, folder);
        for (int round = 0; round < rounds; round++) {
            predict(
                    "this build, Parquet",
                    System.getProperty("java.class.path"),
                    folder,
                    "images.parquet",
                    "p" + round);
            if (other.isPresent()) {
                predict("the other build, IDX", other.get(), folder, "t10k-images-idx3-ubyte", "i" + round);
            }
        }
    }

    private static void prepare(String data, int copies, Path folder) throws IOException {
        try (SparkSession spark = SparkSession.builder()
                .master("local[2]")
                .appName("predict-benchmark")
                .config("spark.ui.enabled", false)
                .getOrCreate()) {
            spark.sparkContext().setLogLevel("ERROR");
            ImageReader reader = ImageReader.on(spark);
            ImageSource source = new ImageSource(data, "the first argument", Split.TRAIN, ImageFormats.AUTO);
            PackedImages images = reader.read(source).collect();
            Dataset<Row> rows = reader.read(source).rows();
            for (int copy = 0; copy < copies; copy++) {
                rows.withColumn("id", functions.monotonically_increasing_id())
                        .repartition(2)
                        .write()
                        .mode("append")
                        .parquet(folder.resolve("images.parquet").toString());
            }
            writeIdx(folder, images, copies);
            Kernels.wake();
            ModelFolder.save(
                    Storage.ofLocalMaster(spark.sparkContext().hadoopConfiguration()),
                    new org.apache.hadoop.fs.Path(folder.resolve("model").toUri()),
                    Architectures.build("fashion-cnn", ImageShape.MNIST, 10, new Sgd(0.1, 0, 0), 1),
                    // As every build reads it.
                    new ModelCard(
                            "fashion-cnn",
                            Classes.numbered(10).names(),
                            null,
                            ImageShape.MNIST,
                            false,
                            null,
                            PixelScale.UNIT,
                            ""));
        }
    }

    private static void writeIdx(Path folder, PackedImages images, int copies) throws IOException {
        int count = images.size() * copies;
        try (DataOutputStream pixels = idx(folder, "t10k-images-idx3-ubyte", IMAGES_OF_IDX, count, 28, 28);
                DataOutputStream labels = idx(folder, "t10k-labels-idx1-ubyte", LABELS_OF_IDX, count)) {
            for (int copy = 0; copy < copies; copy++) {
                pixels.write(images.pixels());
                for (int label : images.labels()) {
                    labels.write(label);
                }
            }
        }
    }

    private static DataOutputStream idx(Path folder, String name, int... header) throws IOException {
        OutputStream file = Files.newOutputStream(folder.resolve(name));
        DataOutputStream out = new DataOutputStream(new java.io.BufferedOutputStream(file, 1 << 20));
        for (int number : header) {
            out.writeInt(number);
        }
        return out;
    }

    private static void predict(String what, String classPath, Path folder, String data, String output)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of(
                "-Dspark.master=local[2]",
                "-Dspark.ui.enabled=false",
                "-cp",
                classPath,
                "io.github.sparkcnn.cli.Main",
                "predict",
                "--model",
                folder.resolve("model").toString(),
                "--data",
                folder.resolve(data).toString(),
                "--output",
                folder.resolve(output).toString()));
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(text);
        }
        String result = text.lines()
                .filter(line -> line.startsWith("Predictions"))
                .findFirst()
                .orElse(text);
        System.out.printf(
                "%-22s %s  (%.1f s from start to end)%n",
                what, result.replaceAll("^Predictions \\S+ +", ""), (System.nanoTime() - start) / 1e9);
    }
}
