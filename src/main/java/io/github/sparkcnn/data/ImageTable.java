package io.github.sparkcnn.data;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.data.format.Diagnosis;
import io.github.sparkcnn.data.format.ImageFiles;
import io.github.sparkcnn.data.format.ImageRows;
import io.github.sparkcnn.data.format.UnpackRows;
import io.github.sparkcnn.data.job.JobName;
import io.github.sparkcnn.data.pack.Classify;
import io.github.sparkcnn.data.pack.PackedTable;
import io.github.sparkcnn.data.pack.Reading;
import io.github.sparkcnn.data.pack.Shares;
import io.github.sparkcnn.image.Classes;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.image.Resize;
import io.github.sparkcnn.image.Resizing;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A data set that is read when its images are asked for, each time anew: {@link #pack} reads it once for all that is done with it.
 * As a DataFrame it is {@code label INT, pixels BINARY}: pixels row-major, one unsigned byte each. An image's position is its
 * place in the order of the partitions.
 */
public final class ImageTable {

    /** {@code label INT NOT NULL, pixels BINARY NOT NULL}. */
    public static final StructType SCHEMA = new StructType(new StructField[] {
        DataTypes.createStructField("label", DataTypes.IntegerType, false),
        DataTypes.createStructField("pixels", DataTypes.BinaryType, false)
    });

    private static final int PIXELS = 1;

    private final SparkSession spark;
    private final Supplier<ImageFiles> files;
    private final String name;
    private final ImageShape shape;
    private final Optional<Classes> classes;

    private ImageTable(
            SparkSession spark, Supplier<ImageFiles> files, String name, ImageShape shape, Optional<Classes> classes) {
        this.spark = spark;
        this.files = files;
        this.name = name;
        this.shape = shape;
        this.classes = classes;
    }

    /** Any DataFrame with the schema's two columns, such as a Parquet table of one's own. */
    public static ImageTable of(String name, Dataset<Row> rows, ImageShape shape, int classes) {
        return new ImageTable(
                rows.sparkSession(),
                () -> PackRows.of(name, rows, shape),
                name,
                shape,
                Optional.of(Classes.numbered(classes)));
    }

    /**
     * Images that a format has found.
     *
     * @param classes that they are of; where empty, those that occur
     */
    public static ImageTable of(ImageFiles files, Optional<Classes> classes, SparkSession spark) {
        return new ImageTable(
                spark,
                () -> files,
                files.name(),
                files.shape(),
                classes.or(() -> files.labels().map(written -> new Classes(written, written))));
    }

    /** Images that a format has found, of the classes that occur. */
    public static ImageTable of(ImageFiles files, SparkSession spark) {
        return of(files, Optional.empty(), spark);
    }

    /** The same images as some of these classes, such as a test set's as its training set's. */
    public ImageTable as(Classes others) {
        return new ImageTable(spark, files, name, shape, Optional.of(others));
    }

    /** One row an image, in their order; where the classes are not known, with the labels in the data. */
    public Dataset<Row> rows() {
        return UnpackRows.of(spark, classified().readings(), SCHEMA, Optional.empty());
    }

    /** The same for predictions, with the class of every image. */
    public ImageRows labelledRows() {
        return new ImageRows(
                name,
                rows(),
                row -> row.getBinary(PIXELS),
                shape,
                List.of("pixels"),
                Optional.of("label"),
                diagnosis());
    }

    private ImageFiles classified() {
        ImageFiles found = files.get();
        return classes.map(known -> found.with(shape, found.readings().map(new Classify(name, known, found.labels()))))
                .orElse(found);
    }

    /** The shape of every image. */
    public ImageShape shape() {
        return shape;
    }

    /** Reads the images once, on the executors, and keeps them there until they are closed. */
    public PackedTable pack() {
        return diagnosis().told(() -> {
            ImageFiles found = classified();
            JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
            // A union is an RDD of its own, so that nobody else's is kept and let go.
            PackedTable packed =
                    PackedTable.read(name, context.<Reading>emptyRDD().union(found.summed(context)), shape, classes);
            if (packed.size() == 0) {
                packed.close();
                throw noImage();
            }
            return packed;
        });
    }

    /** The images dealt to so many workers: {@link #pack}, dealt. */
    public Shares shares(int workers) {
        try (PackedTable packed = pack()) {
            return packed.all().deal(workers);
        }
    }

    /** All images in the driver, in order: {@link #pack}, collected. */
    public PackedImages collect() {
        try (PackedTable packed = pack()) {
            return packed.all().collect();
        }
    }

    /** The first so many images in the driver, or all where there are fewer; reads no more partitions than it needs. */
    public PackedImages first(int images) {
        return diagnosis().told(() -> {
            PackedImages first = JobName.during(
                    spark.sparkContext(),
                    "Reading the first images of " + name,
                    () -> FirstImages.of(classified().readings(), shape, images));
            if (first.size() == 0) {
                throw noImage();
            }
            return first;
        });
    }

    /** The images stretched to a height and width as {@link Resize} does it. */
    public ImageTable resized(int height, int width) {
        return resized(new Resizing(height, width, Resizing.Mode.STRETCH));
    }

    /** The images scaled as {@link Resize} does it; a format that has images of several sizes has scaled them already. */
    public ImageTable resized(Resizing size) {
        if (shape.height() == size.height() && shape.width() == size.width()) {
            return this;
        }
        ImageShape scaled = new ImageShape(shape.channels(), size.height(), size.width());
        return new ImageTable(spark, () -> ResizeBlocks.of(files.get(), size), name, scaled, classes);
    }

    /** The classes of the images, where they are known before the images have been read. */
    public Optional<Classes> classes() {
        return classes;
    }

    /** Refuses a test set whose images are not like the training set's. */
    public void requireShapeOf(ImageTable training) {
        if (!shape.equals(training.shape)) {
            throw new UserException(
                    "evaluate on " + name,
                    "its images are " + shape + ", those of " + training.name + " are " + training.shape,
                    shape.channels() == training.shape.channels()
                            ? "Use training and test images of the same shape, or set data.resize, e.g. to [28, 28]"
                            : "Use training and test images with the same number of channels");
        }
    }

    private UserException noImage() {
        return new UserException(
                "read " + name,
                diagnosis()
                        .dropped()
                        .map(d -> "all its " + d.count() + " " + d.what() + " are malformed, the first is " + d.first())
                        .orElse("it holds no image"),
                "Name a file with one image a row");
    }

    /** What the reader of the format can tell, once the images have been read. */
    public Diagnosis diagnosis() {
        return files.get().diagnosis();
    }
}
