package io.github.sparkcnn.data;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.data.format.ImageFiles;
import io.github.sparkcnn.data.format.ImageFormats;
import io.github.sparkcnn.data.format.ImageRows;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.job.JobName;
import io.github.sparkcnn.data.sample.SampleImages;
import io.github.sparkcnn.data.table.CatalogTable;
import io.github.sparkcnn.io.Storage;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Reads images of any known format, or the generated sample, into an {@link ImageTable}. What the files' beginnings show is
 * checked at once.
 */
public final class ImageReader {
    private final SparkSession spark;
    private final Storage storage;

    /** The reader on a session, of the paths of a storage. */
    public ImageReader(SparkSession spark, Storage storage) {
        this.spark = spark;
        this.storage = storage;
    }

    /** The reader on this session's cluster. */
    public static ImageReader on(SparkSession spark) {
        return new ImageReader(
                spark,
                Storage.ofMaster(
                        spark.sparkContext().master(), spark.sparkContext().hadoopConfiguration()));
    }

    /** Fails with a {@link UserException} that names the file, and the row or offset where there is one. */
    public ImageTable read(ImageSource source) {
        return JobName.during(spark.sparkContext(), "Looking at " + source.path(), () -> table(source));
    }

    private ImageTable table(ImageSource source) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        ImageFiles files = SampleImages.named(source.path())
                .map(half -> SampleImages.of(context, half, source.sample()))
                .or(() -> CatalogTable.named(source.path()).map(table -> table.files(spark, source)))
                .orElseGet(() -> files(context, source));
        return ImageTable.of(files, source.classes(), spark);
    }

    /** The same as rows, for predictions. */
    public ImageRows rows(ImageSource source) {
        return JobName.during(spark.sparkContext(), "Looking at " + source.path(), () -> found(source));
    }

    private ImageRows found(ImageSource source) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        return SampleImages.named(source.path())
                .map(half -> ImageRows.of(spark, SampleImages.of(context, half, source.sample())))
                .or(() -> CatalogTable.named(source.path()).map(table -> table.rows(spark, source)))
                .orElseGet(() -> {
                    FileStatus root = root(source);
                    return new ImageFormats().of(source.format(), storage, root).rows(spark, storage, source, root);
                });
    }

    private ImageFiles files(JavaSparkContext context, ImageSource source) {
        FileStatus root = root(source);
        return new ImageFormats().of(source.format(), storage, root).read(context, storage, source, root);
    }

    /**
     * Refuses a path at which there is nothing, with one look at it; what only Spark knows, such as a table, is found when it is read.
     *
     * @throws UserException naming the path and what gave it
     */
    public static void requireThere(Storage storage, ImageSource source) {
        boolean isPath = SampleImages.named(source.path()).isEmpty()
                && CatalogTable.named(source.path()).isEmpty();
        if (isPath) {
            root(storage, source);
        }
    }

    private FileStatus root(ImageSource source) {
        return root(storage, source);
    }

    private static FileStatus root(Storage storage, ImageSource source) {
        return storage.status(storage.path(source.path()))
                .orElseThrow(
                        () -> new UserException(
                                "read " + source.path(),
                                "there is no such file or folder",
                                "Set " + source.setting()
                                        + " to a CSV, an IDX folder, a folder or archive of images, or a table, such as Parquet"));
    }
}
