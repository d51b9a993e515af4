package io.github.sparkcnn.data.format;

import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.keys.Named;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * A way in which labelled images lie in files, as {@code data.format} names it. Found through {@link java.util.ServiceLoader}; has
 * a public constructor without arguments.
 */
public interface ImageFormat extends Named {

    /**
     * Whether a file's name alone tells that it is of this format; asked first, with {@code data.format = auto}, and of files
     * only. For a format that has no mark in its first bytes: a name may lie.
     *
     * @param name the last part of the path
     */
    default boolean hasName(String name) {
        return false;
    }

    /**
     * Whether the file begins, or the folder looks, like this format; asked when no format knows the name. Text that no format
     * takes for its own is {@code csv}.
     */
    default boolean isAt(Beginning beginning) {
        return false;
    }

    /**
     * Looks at the files' beginnings and prepares the reading, which the executors do when the images are asked for.
     *
     * @param root what {@code source.path()} means
     * @throws io.github.sparkcnn.UserException for what the beginnings show to be wrong
     */
    ImageFiles read(JavaSparkContext spark, Storage storage, ImageSource source, FileStatus root);

    /**
     * The same with one row an image, which keeps what stands beside it; labels may be missing. Of a format that knows nothing
     * beside image and label, what {@link #read} finds.
     *
     * @param root what {@code source.path()} means
     * @throws io.github.sparkcnn.UserException for what the beginnings show to be wrong
     */
    default ImageRows rows(SparkSession spark, Storage storage, ImageSource source, FileStatus root) {
        return ImageRows.of(
                spark, read(JavaSparkContext.fromSparkContext(spark.sparkContext()), storage, source, root));
    }
}
