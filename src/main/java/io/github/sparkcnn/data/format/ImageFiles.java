package io.github.sparkcnn.data.format;

import io.github.sparkcnn.data.pack.Reading;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.io.Storage;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;

/**
 * A data set that a format has found: its images are read when they are asked for.
 *
 * @param name for messages
 * @param shape of every image
 * @param readings the images in their order, and the sums of the files that a task reads from their beginning to their end
 * @param split files of which several tasks read a part each, so that none can tell the sum
 * @param labels what the images' labels stand for: label i is written {@code labels[i]}; where empty, a label is the number that
 *     is written in the data
 */
public record ImageFiles(
        String name,
        ImageShape shape,
        JavaRDD<Reading> readings,
        List<Path> split,
        Diagnosis diagnosis,
        Optional<List<String>> labels) {

    /** Tasks that sum up files beside those that read them; of more files a task sums up several. */
    private static final int MOST_SUMS = 64;

    public ImageFiles {
        split = List.copyOf(split);
        labels = labels.map(List::copyOf);
    }

    /** With labels that are the numbers in the data. */
    public ImageFiles(String name, ImageShape shape, JavaRDD<Reading> readings, List<Path> split, Diagnosis diagnosis) {
        this(name, shape, readings, split, diagnosis, Optional.empty());
    }

    /** The same with other readings of images of this shape. */
    public ImageFiles with(ImageShape others, JavaRDD<Reading> theirs) {
        return new ImageFiles(name, others, theirs, split, diagnosis, labels);
    }

    /** One file that one task reads from its beginning to its end. */
    public static ImageFiles ofFile(JavaSparkContext spark, FileStatus file, ImageShape shape, FileReader reader) {
        JavaRDD<Reading> readings = spark.parallelize(List.of(file.getPath().toString()), 1)
                .flatMap(new ReadFile(new SerializableConfiguration(spark.hadoopConfiguration()), shape, reader));
        return new ImageFiles(Storage.display(file.getPath()), shape, readings, List.of(), Diagnosis.NONE);
    }

    /** The images, and with them the sums of all files. */
    public JavaRDD<Reading> summed(JavaSparkContext spark) {
        if (split.isEmpty()) {
            return readings;
        }
        // MD5 goes through a file in order, so one in parts is read again, by a task of the same job beside those of
        // its parts.
        // First, because it may take the longest.
        List<String> paths = split.stream().map(Path::toString).toList();
        return spark.parallelize(paths, Math.min(paths.size(), MOST_SUMS))
                .map(new SumFile(new SerializableConfiguration(spark.hadoopConfiguration())))
                .union(readings);
    }
}
