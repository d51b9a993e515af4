package io.github.sparkcnn.data.pickle;

import io.github.sparkcnn.data.format.Beginning;
import io.github.sparkcnn.data.format.FileReader;
import io.github.sparkcnn.data.format.ImageFiles;
import io.github.sparkcnn.data.format.ImageFormat;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.data.pack.Packing;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PackedBuilder;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.io.Storage;
import java.io.InputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * {@code mnist.pkl.gz}, as the "What is torch.nn really?" tutorial reads it: {@link Split#TRAIN} is its first part, {@link
 * Split#TEST} its second, the validation images. One gzip stream, so one task reads it.
 */
public final class PickleFormat implements ImageFormat {

    @Override
    public String name() {
        return "pickle";
    }

    @Override
    public boolean isAt(Beginning beginning) {
        boolean hasProtocol = beginning.byteAt(0) == 0x80 && beginning.byteAt(1) >= 1 && beginning.byteAt(1) <= 5;
        return hasProtocol || beginning.contains("cnumpy.");
    }

    @Override
    public ImageFiles read(JavaSparkContext spark, Storage storage, ImageSource source, FileStatus root) {
        return ImageFiles.ofFile(spark, root, ImageShape.MNIST, new Read(source.split()));
    }

    /** In a task: the images of one part. */
    private record Read(Split split) implements FileReader {
        @Override
        public Packing.Images read(InputStream in, String file) {
            MnistPickle pickle = MnistPickle.read(in, file);
            return new Part(split == Split.TRAIN ? pickle.train() : pickle.validation())::addTo;
        }
    }

    private static final class Part {
        private final PackedImages images;
        private int next;

        Part(PackedImages images) {
            this.images = images;
        }

        boolean addTo(PackedBuilder block) {
            if (next == images.size()) {
                return false;
            }
            block.add(images, next, next);
            next++;
            return true;
        }
    }
}
