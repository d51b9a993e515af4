package io.github.sparkcnn.data;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.io.Storage;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/** IDX, the format of MNIST and of torchvision's built-in data sets. Plain files are cut into ranges, a gzip stream is one. */
final class IdxImages {
    private static final long RANGE_BYTES = 16 << 20;

    private IdxImages() {}

    static ImageTable table(SparkSession spark, Storage storage, ImageSource source, FileStatus root) {
        IdxFiles files = IdxFiles.of(storage, source, root);
        IdxHeader images = IdxHeader.read(storage, files.images(), 3);
        IdxHeader labels = IdxHeader.read(storage, files.labels(), 1);
        if (images.count() != labels.count()) {
            throw new UserException(
                    "read " + BadImages.display(files.images()),
                    "it holds " + images.count() + " images and "
                            + files.labels().getName() + " " + labels.count() + " labels",
                    "Put together the two files of one data set");
        }
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        int tasks = context.defaultParallelism();
        List<IdxRange> ranges = ranges(files, images, labels, source.classes(), tasks);
        JavaRDD<Row> rows = context.parallelize(ranges, ranges.size())
                .flatMap(new IdxRange.Read(new SerializableConfiguration(context.hadoopConfiguration())));
        return new ImageTable(
                BadImages.display(root.getPath()),
                ImageTable.rows(spark, rows),
                new ImageShape(1, images.sizes().get(1), images.sizes().get(2)),
                source.classes(),
                List.of(files.images(), files.labels()),
                ImageTable.Diagnosis.NONE);
    }

    private static List<IdxRange> ranges(IdxFiles files, IdxHeader images, IdxHeader labels, int classes, int tasks) {
        int step = (int) Math.max(1, RANGE_BYTES / images.itemSize());
        if (images.compressed() || labels.compressed()) {
            // Each range is decompressed from the beginning: no more of them than can be read at once.
            step = Math.max(step, (images.count() + tasks - 1) / tasks);
        }
        List<IdxRange> ranges = new ArrayList<>();
        for (long from = 0; from < images.count(); from += step) {
            int to = (int) Math.min(images.count(), from + step);
            ranges.add(new IdxRange(
                    files.images().toString(), images, files.labels().toString(), labels, (int) from, to, classes));
        }
        return ranges;
    }
}
