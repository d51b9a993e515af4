package io.github.sparkcnn.data.idx;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.data.format.Beginning;
import io.github.sparkcnn.data.format.Diagnosis;
import io.github.sparkcnn.data.format.ImageFiles;
import io.github.sparkcnn.data.format.ImageFormat;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.pack.Reading;
import io.github.sparkcnn.io.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;

/**
 * IDX, the format of MNIST, of its successors and of torchvision's built-in data sets; grey or in colour. Plain files are cut into
 * ranges, a gzip stream is one.
 */
public final class IdxFormat implements ImageFormat {
    private static final long RANGE_BYTES = 16 << 20;

    @Override
    public String name() {
        return "idx";
    }

    @Override
    public boolean isAt(Beginning beginning) {
        return IdxFiles.areAt(beginning);
    }

    @Override
    public ImageFiles read(JavaSparkContext spark, Storage storage, ImageSource source, FileStatus root) {
        IdxRange whole = whole(storage, source, root);
        List<IdxRange> ranges = ranges(whole);
        JavaRDD<Reading> readings = spark.parallelize(ranges, ranges.size())
                .flatMap(new ReadRange(new SerializableConfiguration(spark.hadoopConfiguration())));
        return new ImageFiles(
                Storage.display(root.getPath()),
                whole.layout().shape(),
                readings,
                ranges.size() > 1 ? List.of(whole.imageFile(), whole.labelFile()) : List.of(),
                Diagnosis.NONE,
                Emnist.of(whole.imageFile()).map(Emnist::written));
    }

    /** All images of the pair of files at a path, whose headers fit each other. */
    static IdxRange whole(Storage storage, ImageSource source, FileStatus root) {
        IdxFiles files = IdxFiles.of(storage, source, root);
        IdxHeader images = IdxHeader.ofImages(storage, files.images());
        IdxHeader labels = IdxHeader.ofLabels(storage, files.labels());
        if (images.count() != labels.count()) {
            throw new UserException(
                    "read " + Storage.display(files.images()),
                    "it holds " + images.count() + " images and "
                            + files.labels().getName() + " " + labels.count() + " labels",
                    "Put together the two files of one data set");
        }
        Optional<Emnist> emnist = Emnist.of(files.images());
        return new IdxRange(
                files.images().toString(),
                images,
                IdxLayout.of(files.images(), images),
                files.labels().toString(),
                labels,
                0,
                images.count(),
                emnist.map(Emnist::first).orElse(0),
                emnist.map(set -> set.written().size()).orElse(source.labelBound()));
    }

    private static List<IdxRange> ranges(IdxRange all) {
        int count = all.imageHeader().count();
        // Several tasks would each decompress a gzip stream from its beginning, the last of them all of it.
        boolean isOne = all.imageHeader().compressed() || all.labelHeader().compressed();
        int step = isOne
                ? count
                : (int) Math.max(1, RANGE_BYTES / all.imageHeader().itemSize());
        List<IdxRange> ranges = new ArrayList<>();
        for (long from = 0; from < count; from += step) {
            ranges.add(all.part((int) from, (int) Math.min(count, from + step)));
        }
        return ranges;
    }
}
