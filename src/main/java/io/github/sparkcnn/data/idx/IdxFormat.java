package io.github.sparkcnn.data.idx;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.data.format.Diagnosis;
import io.github.sparkcnn.data.format.ImageFiles;
import io.github.sparkcnn.data.format.ImageFormat;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.pack.Reading;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.io.Storage;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;

/** IDX, the format of MNIST and of torchvision's built-in data sets. Plain files are cut into ranges, a gzip stream is one. */
public final class IdxFormat implements ImageFormat {
    private static final long RANGE_BYTES = 16 << 20;

    @Override
    public String name() {
        return "idx";
    }

    @Override
    public boolean isAt(Storage storage, FileStatus root) {
        return IdxFiles.areAt(storage, root);
    }

    @Override
    public ImageFiles read(JavaSparkContext spark, Storage storage, ImageSource source, FileStatus root) {
        IdxFiles files = IdxFiles.of(storage, source, root);
        IdxHeader images = IdxHeader.read(storage, files.images(), 3);
        IdxHeader labels = IdxHeader.read(storage, files.labels(), 1);
        if (images.count() != labels.count()) {
            throw new UserException(
                    "read " + Storage.display(files.images()),
                    "it holds " + images.count() + " images and "
                            + files.labels().getName() + " " + labels.count() + " labels",
                    "Put together the two files of one data set");
        }
        List<IdxRange> ranges = ranges(files, images, labels, source.labelBound());
        JavaRDD<Reading> readings = spark.parallelize(ranges, ranges.size())
                .flatMap(new ReadRange(new SerializableConfiguration(spark.hadoopConfiguration())));
        return new ImageFiles(
                Storage.display(root.getPath()),
                new ImageShape(1, images.sizes().get(1), images.sizes().get(2)),
                readings,
                ranges.size() > 1 ? List.of(files.images(), files.labels()) : List.of(),
                Diagnosis.NONE);
    }

    private static List<IdxRange> ranges(IdxFiles files, IdxHeader images, IdxHeader labels, int classes) {
        // Several tasks would each decompress a gzip stream from its beginning, the last of them all of it.
        boolean whole = images.compressed() || labels.compressed();
        int step = whole ? images.count() : (int) Math.max(1, RANGE_BYTES / images.itemSize());
        List<IdxRange> ranges = new ArrayList<>();
        for (long from = 0; from < images.count(); from += step) {
            int to = (int) Math.min(images.count(), from + step);
            ranges.add(new IdxRange(
                    files.images().toString(), images, files.labels().toString(), labels, (int) from, to, classes));
        }
        return ranges;
    }
}
