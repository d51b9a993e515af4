package io.github.sparkcnn.data;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.DataConfig;
import io.github.sparkcnn.io.Storage;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.SparkSession;

/** Reads image files of any known format into an {@link ImageTable}. What the files' beginnings show is checked at once. */
public final class ImageReader {
    private final SparkSession spark;
    private final Storage storage;

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
        FileStatus root = storage.status(storage.path(source.path()))
                .orElseThrow(() -> new UserException(
                        "read " + source.path(),
                        "there is no such file or folder",
                        "Set " + source.setting()
                                + " to a CSV file, a folder of CSV parts, an IDX folder or mnist.pkl.gz"));
        return switch (format(source, root)) {
            case PICKLE -> PickleImages.table(spark, source, root);
            case IDX -> IdxImages.table(spark, storage, source, root);
            case CSV, AUTO -> CsvImages.table(spark, source, CsvFiles.in(storage, root));
        };
    }

    private DataConfig.Format format(ImageSource source, FileStatus root) {
        if (source.format() != DataConfig.Format.AUTO) {
            return source.format();
        }
        if (root.isFile() && root.getPath().getName().endsWith(".pkl.gz")) {
            return DataConfig.Format.PICKLE;
        }
        return IdxFiles.areAt(storage, root) ? DataConfig.Format.IDX : DataConfig.Format.CSV;
    }
}
