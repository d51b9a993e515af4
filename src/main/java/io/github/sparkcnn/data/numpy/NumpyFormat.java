package io.github.sparkcnn.data.numpy;

import io.github.sparkcnn.FileException;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.data.format.Beginning;
import io.github.sparkcnn.data.format.Diagnosis;
import io.github.sparkcnn.data.format.ImageFiles;
import io.github.sparkcnn.data.format.ImageFormat;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.data.pack.Reading;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.io.Storage;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;

/** NumPy's arrays: Keras's {@code mnist.npz} and what {@code numpy.savez} writes, or a folder of {@code .npy} files. */
public final class NumpyFormat implements ImageFormat {

    static final String SUFFIX = ".npy";

    @Override
    public String name() {
        return "npz";
    }

    @Override
    public boolean isAt(Beginning beginning) {
        if (beginning.isFolder()) {
            List<String> arrays = beginning.content().stream()
                    .map(entry -> entry.getPath().getName())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .toList();
            return Stream.of(Split.values())
                    .anyMatch(split -> ArrayNames.among(arrays, split).isPresent());
        }
        return beginning.startsWith(0x93, 'N', 'U', 'M', 'P', 'Y')
                || beginning.firstZipped().filter(name -> name.endsWith(SUFFIX)).isPresent();
    }

    @Override
    public ImageFiles read(JavaSparkContext spark, Storage storage, ImageSource source, FileStatus root) {
        try (ArrayFiles files = ArrayFiles.open(storage, root)) {
            ArrayNames names = ArrayNames.among(files.names(), source.split())
                    .orElseThrow(() -> ArrayNames.absent(root.getPath(), files.names(), source.split()));
            ImageShape shape = shape(files, names, source);
            JavaRDD<Reading> readings = spark.parallelize(List.of(root.getPath().toString()), 1)
                    .flatMap(new ReadArrays(
                            new SerializableConfiguration(spark.hadoopConfiguration()),
                            names,
                            shape,
                            source.layoutOf(shape.size())));
            return new ImageFiles(
                    Storage.display(root.getPath()),
                    shape,
                    readings,
                    files.files(List.of(names.images(), names.labels())),
                    Diagnosis.NONE);
        } catch (IOException e) {
            throw new FileException("read", root.getPath(), e);
        }
    }

    /** Checks both headers. */
    static ImageShape shape(ArrayFiles files, ArrayNames names, ImageSource source) throws IOException {
        try (ArrayItems images = ArrayItems.open(files, names.images());
                ArrayItems labels = ArrayItems.open(files, names.labels())) {
            LabelArray.of(labels);
            if (images.count() != labels.count()) {
                throw new UserException(
                        "read " + files.source(names.images()),
                        "it holds " + images.count() + " images and " + names.labels() + " " + labels.count()
                                + " labels",
                        "Save together the two arrays of one data set");
            }
            return ImageArray.of(images, source.layoutOf(images.size())).shape();
        }
    }
}
