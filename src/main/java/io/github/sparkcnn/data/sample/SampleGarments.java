package io.github.sparkcnn.data.sample;

import io.github.sparkcnn.data.ImageTable;
import io.github.sparkcnn.data.Split;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.random.Seeds;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/**
 * Draws the sample: ten kinds of garments, 28×28 grey, as many of one kind as of another. Image {@code i} depends on
 * (seed, split, i) alone, so a larger sample begins with the smaller one, on any machine.
 */
public final class SampleGarments {
    private static final ImageShape SHAPE = ImageShape.MNIST;
    private static final List<Garment> GARMENTS = List.of(Garment.values());
    private static final int KINDS = GARMENTS.size();
    private static final int IMAGES_A_PARTITION = 1_000;

    private SampleGarments() {}

    /** Names of the kinds in the order of their labels. */
    public static List<String> labels() {
        return GARMENTS.stream()
                .map(g -> g.name().charAt(0) + g.name().substring(1).toLowerCase(Locale.ROOT))
                .map(name -> name.replace("_s", "-s"))
                .toList();
    }

    /** The sample as a DataFrame, drawn by the executors. */
    public static ImageTable table(SparkSession spark, Split split, int images, long seed) {
        List<Integer> starts = IntStream.iterate(0, i -> i < images, i -> i + IMAGES_A_PARTITION)
                .boxed()
                .toList();
        JavaRDD<Row> rows = JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(starts, starts.size())
                .flatMap(new Draw(split, images, seed));
        return ImageTable.of("the generated sample", spark.createDataFrame(rows, ImageTable.SCHEMA), SHAPE, KINDS);
    }

    /** The sample in this process. */
    public static PackedImages draw(Split split, int images, long seed) {
        byte[] labels = new byte[images];
        byte[] pixels = new byte[images * SHAPE.size()];
        for (int i = 0; i < images; i++) {
            labels[i] = (byte) label(split, seed, i);
            System.arraycopy(image(split, seed, i), 0, pixels, i * SHAPE.size(), SHAPE.size());
        }
        return new PackedImages(
                SHAPE, labels, pixels, IntStream.range(0, images).toArray());
    }

    /** Every ten images in a row are the ten kinds in some order. */
    private static int label(Split split, long seed, int i) {
        int[] kinds = IntStream.range(0, KINDS).toArray();
        SplittableRandom random = new SplittableRandom(Seeds.of(seed, stream(split), -1 - i / KINDS));
        for (int k = KINDS - 1; k > 0; k--) {
            int other = random.nextInt(k + 1);
            int kind = kinds[k];
            kinds[k] = kinds[other];
            kinds[other] = kind;
        }
        return kinds[i % KINDS];
    }

    private static int stream(Split split) {
        return split == Split.TRAIN ? 0 : 1;
    }

    private static byte[] image(Split split, long seed, int i) {
        Cloth cloth = new Cloth(new SplittableRandom(Seeds.of(seed, stream(split), i)));
        Canvas canvas = new Canvas(SHAPE.width(), pose(cloth));
        GARMENTS.get(label(split, seed, i)).draw(canvas, cloth);
        double noise = cloth.between(0.02, 0.1);
        byte[] pixels = new byte[SHAPE.size()];
        for (int p = 0; p < pixels.length; p++) {
            double value = canvas.values()[p] + noise * cloth.noise();
            pixels[p] = (byte) Math.round(255 * Math.min(1, Math.max(0, value)));
        }
        return pixels;
    }

    /** Shifted by up to 2½ pixels, turned by up to 9°, mirrored or not, of varied height and width. */
    private static Canvas.Pose pose(Cloth cloth) {
        double angle = cloth.between(-0.16, 0.16);
        double width = cloth.between(0.75, 1.05) * (cloth.chance(0.5) ? 1 : -1);
        double height = cloth.between(0.8, 1);
        double sin = StrictMath.sin(angle);
        double cos = StrictMath.cos(angle);
        return new Canvas.Pose(
                width * cos,
                -height * sin,
                width * sin,
                height * cos,
                cloth.between(-0.18, 0.18),
                cloth.between(-0.14, 0.14));
    }

    /** In a task: the rows of the images from a start on. */
    private static final class Draw implements FlatMapFunction<Integer, Row> {
        private static final long serialVersionUID = 1L;
        private final Split split;
        private final int images;
        private final long seed;

        Draw(Split split, int images, long seed) {
            this.split = split;
            this.images = images;
            this.seed = seed;
        }

        @Override
        public Iterator<Row> call(Integer start) {
            List<Row> rows = new ArrayList<>();
            for (int i = start; i < Math.min(images, start + IMAGES_A_PARTITION); i++) {
                rows.add(RowFactory.create(label(split, seed, i), image(split, seed, i)));
            }
            return rows.iterator();
        }
    }
}
