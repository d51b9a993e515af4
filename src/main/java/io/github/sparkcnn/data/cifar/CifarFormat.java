package io.github.sparkcnn.data.cifar;

import io.github.sparkcnn.FileException;
import io.github.sparkcnn.data.format.BadImages;
import io.github.sparkcnn.data.format.Beginning;
import io.github.sparkcnn.data.format.Diagnosis;
import io.github.sparkcnn.data.format.FileReader;
import io.github.sparkcnn.data.format.ImageFiles;
import io.github.sparkcnn.data.format.ImageFormat;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.pack.Packing;
import io.github.sparkcnn.data.pack.Reading;
import io.github.sparkcnn.image.PackedBuilder;
import io.github.sparkcnn.io.Storage;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** The binary version of CIFAR-10 and CIFAR-100, one task a file: classes by their names, of CIFAR-100 the fine ones. */
public final class CifarFormat implements ImageFormat {

    @Override
    public String name() {
        return "cifar";
    }

    @Override
    public boolean isAt(Beginning beginning) {
        return CifarFiles.setAt(beginning).isPresent();
    }

    @Override
    public ImageFiles read(JavaSparkContext spark, Storage storage, ImageSource source, FileStatus root) {
        CifarFiles files = CifarFiles.of(storage, root, source.split());
        int classes = files.names().map(List::size).orElse(256);
        JavaRDD<Reading> readings = files.batches().stream()
                .map(batch -> ImageFiles.ofFile(spark, batch, CifarSet.SHAPE, new Read(files.set(), classes))
                        .readings())
                .reduce(JavaRDD::union)
                .orElseThrow();
        return new ImageFiles(
                Storage.display(root.getPath()), CifarSet.SHAPE, readings, List.of(), Diagnosis.NONE, files.names());
    }

    /** In a task: the images of one file, whose labels are 0 … classes − 1. */
    record Read(CifarSet set, int classes) implements FileReader {
        @Override
        public Packing.Images read(InputStream in, String file) {
            return new Records(set, classes, new BufferedInputStream(in, 1 << 16), new Path(file))::addTo;
        }
    }

    private static final class Records {
        private final CifarSet set;
        private final int classes;
        private final InputStream in;
        private final Path file;
        private final byte[] record;
        private int next;

        Records(CifarSet set, int classes, InputStream in, Path file) {
            this.set = set;
            this.classes = classes;
            this.in = in;
            this.file = file;
            this.record = new byte[set.record()];
        }

        boolean addTo(PackedBuilder block) {
            if (!isRead()) {
                return false;
            }
            int label = record[set.label()] & 0xff;
            if (label >= classes) {
                throw BadImages.in(
                        file,
                        "image " + next + " has label " + label + ", outside 0.." + (classes - 1),
                        "Name the folder cifar-10-batches-bin or cifar-100-binary");
            }
            block.add(label, Arrays.copyOfRange(record, set.label() + 1, record.length), block.size());
            next++;
            return true;
        }

        private boolean isRead() {
            try {
                return in.readNBytes(record, 0, record.length) == record.length;
            } catch (IOException e) {
                throw new FileException("read", file, e);
            }
        }
    }
}
