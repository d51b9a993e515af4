package io.github.sparkcnn.data;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.Holdout;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PackedBuilder;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.image.Resize;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A data set as a DataFrame {@code label INT, pixels BINARY}: pixels row-major, one unsigned byte each. An image's position
 * is its place in the order of the partitions.
 */
public final class ImageTable {

    /** {@code label INT NOT NULL, pixels BINARY NOT NULL}. */
    public static final StructType SCHEMA = new StructType(new StructField[] {
        DataTypes.createStructField("label", DataTypes.IntegerType, false),
        DataTypes.createStructField("pixels", DataTypes.BinaryType, false)
    });

    private final String name;
    private final Dataset<Row> rows;
    private final ImageShape shape;
    private final int classes;
    private final List<Path> files;
    private final Diagnosis diagnosis;

    ImageTable(String name, Dataset<Row> rows, ImageShape shape, int classes, List<Path> files, Diagnosis diagnosis) {
        this.name = name;
        this.rows = rows;
        this.shape = shape;
        this.classes = classes;
        this.files = List.copyOf(files);
        this.diagnosis = diagnosis;
    }

    /** What the reader of a format can tell after the rows have been read. */
    interface Diagnosis {
        /** A better account of a failure, from another look at the files. */
        Optional<UserException> explain(UserException failure);

        /** What was left out so far. */
        Optional<Dropped> dropped();

        Diagnosis NONE = new Diagnosis() {
            @Override
            public Optional<UserException> explain(UserException failure) {
                return Optional.empty();
            }

            @Override
            public Optional<Dropped> dropped() {
                return Optional.empty();
            }
        };
    }

    /**
     * Rows that {@code data.malformed = drop} left out.
     *
     * @param first where the first one is and what is wrong with it
     */
    public record Dropped(long rows, String first) {}

    /** Any DataFrame with the schema's two columns, such as a Parquet table of one's own. */
    public static ImageTable of(String name, Dataset<Row> rows, ImageShape shape, int classes) {
        return new ImageTable(name, rows, shape, classes, List.of(), Diagnosis.NONE);
    }

    static Dataset<Row> rows(SparkSession spark, JavaRDD<Row> rows) {
        return spark.createDataFrame(rows, SCHEMA);
    }

    public Dataset<Row> rows() {
        return rows;
    }

    public ImageShape shape() {
        return shape;
    }

    /** Sizes and checksums of the files; reads them once, on the executors. */
    public List<DataFile> files() {
        return DataFile.describe(
                JavaSparkContext.fromSparkContext(rows.sparkSession().sparkContext()), files);
    }

    /** One packed partition a worker, in memory until they are closed. Image {@code i} goes to worker {@code i mod workers}. */
    public Shares shares(int workers) {
        return told(() -> {
            try (PackedBlocks blocks = PackedBlocks.of(rows, shape, classes)) {
                requireImages(blocks.images());
                return blocks.deal(workers);
            }
        });
    }

    /** All images in the driver, in order. */
    public PackedImages collect() {
        return told(() -> {
            try (PackedBlocks blocks = PackedBlocks.of(rows, shape, classes)) {
                requireImages(blocks.images());
                return blocks.collect();
            }
        });
    }

    /** The first so many images in the driver, or all where there are fewer. */
    public PackedImages first(int images) {
        return told(() -> {
            List<Row> taken = rows.select("label", "pixels").takeAsList(images);
            requireImages(taken.size());
            PackedBuilder first = new PackedBuilder(shape, taken.size());
            for (Row row : taken) {
                first.add(row.getInt(0), row.getAs(1), first.size());
            }
            return first.build();
        });
    }

    /**
     * So many of the images, as many of each class as its share of all, in their order; chosen by the seed, however the files are
     * split.
     */
    public ImageTable sample(int images, long seed) {
        return told(() -> {
            List<Integer> labels = labels();
            if (labels.size() < images) {
                throw new UserException(
                        "choose " + images + " images of " + name,
                        "it holds " + labels.size(),
                        "Lower data.train-images or set it to null");
            }
            return at(StratifiedSample.choose(labels, images, seed));
        });
    }

    /** The images scaled to a height and width as {@link Resize} does it. */
    public ImageTable resized(int height, int width) {
        if (shape.height() == height && shape.width() == width) {
            return this;
        }
        Resize resize = new Resize(shape, height, width);
        return with(rows.toJavaRDD().map(new ResizeRows(resize)), resize.shape());
    }

    /** Two parts of a data set, each in its order. */
    public record HeldOut(ImageTable training, ImageTable validation) {}

    /** Takes a validation set out of the images. */
    public HeldOut holdOut(Holdout holdout, long seed) {
        return told(() -> {
            List<Integer> labels = labels();
            BitSet validation = ValidationImages.choose(labels, holdout, seed, name);
            BitSet training = (BitSet) validation.clone();
            training.flip(0, labels.size());
            return new HeldOut(at(training), at(validation));
        });
    }

    private List<Integer> labels() {
        return rows.select("label").as(Encoders.INT()).collectAsList();
    }

    private ImageTable at(BitSet positions) {
        JavaRDD<Row> chosen = rows.toJavaRDD()
                .zipWithIndex()
                .filter(new StratifiedSample.Contains(positions))
                .keys();
        return with(chosen, shape);
    }

    private ImageTable with(JavaRDD<Row> other, ImageShape otherShape) {
        return new ImageTable(name, rows(rows.sparkSession(), other), otherShape, classes, files, diagnosis);
    }

    /** The rows that were left out, once the images have been packed or collected. */
    public Optional<Dropped> dropped() {
        return diagnosis.dropped();
    }

    /** Refuses a test set whose images are not like the training set's. */
    public void requireShapeOf(ImageTable training) {
        if (!shape.equals(training.shape)) {
            throw new UserException(
                    "evaluate on " + name,
                    "its images are " + shape + ", those of " + training.name + " are " + training.shape,
                    "Use training and test images of the same shape, or set data.resize, e.g. to [28, 28]");
        }
    }

    private void requireImages(long images) {
        if (images == 0) {
            throw new UserException(
                    "read " + name,
                    dropped()
                            .map(d -> "all its " + d.rows() + " rows are malformed, the first is " + d.first())
                            .orElse("it holds no image"),
                    "Name a file with one image a row");
        }
    }

    /** Does work that reads the rows, and turns its failure into what the reader of the format has to say of it. */
    public <T> T told(Supplier<T> work) {
        try {
            return work.get();
        } catch (UserException e) {
            throw e;
        } catch (Exception e) { // Spark's failures are checked exceptions that Scala does not declare
            RuntimeException root = BadImages.rootOf(e);
            throw root instanceof UserException mistake
                    ? diagnosis.explain(mistake).orElse(mistake)
                    : root;
        }
    }
}
