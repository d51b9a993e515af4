package io.github.sparkcnn.train;

import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.data.format.Diagnosis;
import io.github.sparkcnn.data.format.ImageFiles;
import io.github.sparkcnn.data.format.ImageFormat;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.pack.Packing;
import io.github.sparkcnn.data.pack.Reading;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PackedBuilder;
import io.github.sparkcnn.io.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.SparkSession;

/** Images that are nowhere: a file says how many there are to be, and the executors make them up. */
public final class SyntheticFormat implements ImageFormat {
    static final String SUFFIX = ".synthetic";
    /** Of a size at which an epoch is few enough minibatches, and few enough operations a byte. */
    private static final ImageShape SHAPE = new ImageShape(1, 256, 256);

    private static final int IMAGES_A_PARTITION = 500;

    @Override
    public String name() {
        return "synthetic";
    }

    @Override
    public boolean hasName(String name) {
        return name.endsWith(SUFFIX);
    }

    @Override
    public ImageFiles read(JavaSparkContext spark, Storage storage, ImageSource source, FileStatus root) {
        int partitions = (images(storage, root) + IMAGES_A_PARTITION - 1) / IMAGES_A_PARTITION;
        JavaRDD<Reading> readings = spark.parallelize(
                        IntStream.range(0, partitions).boxed().toList(), partitions)
                .flatMap(new MakeUp(images(storage, root)));
        return new ImageFiles("made up", SHAPE, readings, List.of(), Diagnosis.NONE);
    }

    private static int images(Storage storage, FileStatus root) {
        try (var in = storage.open(root.getPath())) {
            return Integer.parseInt(new String(in.readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(root + ": " + e.getMessage(), e);
        }
    }

    private static final class MakeUp implements FlatMapFunction<Integer, Reading> {
        private static final long serialVersionUID = 1L;
        private final int images;

        MakeUp(int images) {
            this.images = images;
        }

        @Override
        public Iterator<Reading> call(Integer partition) {
            Random random = new Random(partition);
            int most = Math.min(IMAGES_A_PARTITION, images - partition * IMAGES_A_PARTITION);
            int[] made = new int[1];
            byte[] pixels = new byte[SHAPE.size()];
            return new Packing(SHAPE, block -> made[0] < most && add(block, made[0]++, pixels, random));
        }

        private static boolean add(PackedBuilder block, int number, byte[] pixels, Random random) {
            random.nextBytes(pixels);
            block.add(number % 10, pixels, block.size());
            return true;
        }
    }

    /** A JVM of its own: one worker, one epoch; evaluated where there is a third argument. */
    static final class Run {

        private Run() {}

        public static void main(String... args) throws IOException {
            Thread.currentThread().setContextClassLoader(knowingTheFormat());
            try (SparkSession spark = SparkSession.builder()
                    .master("local[2]")
                    .appName("large share")
                    .config("spark.ui.enabled", "false")
                    .getOrCreate()) {
                Storage storage = Storage.ofLocalMaster(spark.sparkContext().hadoopConfiguration());
                TrainingResult result = new TrainingRun(
                                spark,
                                ConfigurationReader.read(
                                        "large",
                                        "",
                                        List.of(
                                                "data.train=" + args[0],
                                                "data.test=" + (args.length > 2 ? args[2] : "null"),
                                                "network.name=all-convolutional",
                                                "training.strategy=all-reduce",
                                                "training.workers=1",
                                                "training.epochs=1",
                                                "training.batch-size=16",
                                                "training.averaging-frequency=100",
                                                "device.threads=2")),
                                storage,
                                storage.path(args[1]),
                                List.of())
                        .execute();
                System.out.println(result.last().images() * SHAPE.size() + " bytes trained in "
                        + result.epochs().size() + " epoch"
                        + (result.last().validationLoss() == null ? "" : ", and evaluated"));
            }
        }

        private static ClassLoader knowingTheFormat() throws IOException {
            Path folder = Files.createTempDirectory("synthetic");
            Path services = Files.createDirectories(folder.resolve("META-INF/services"));
            Files.writeString(services.resolve(ImageFormat.class.getName()), SyntheticFormat.class.getName());
            return new URLClassLoader(
                    new URL[] {folder.toUri().toURL()}, Thread.currentThread().getContextClassLoader());
        }
    }
}
