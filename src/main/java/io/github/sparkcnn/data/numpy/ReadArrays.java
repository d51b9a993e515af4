package io.github.sparkcnn.data.numpy;

import io.github.sparkcnn.data.format.WholeFiles;
import io.github.sparkcnn.data.pack.Packing;
import io.github.sparkcnn.data.pack.Reading;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PackedBuilder;
import io.github.sparkcnn.image.PixelLayout;
import io.github.sparkcnn.io.Storage;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.util.SerializableConfiguration;

/** In a task: the images of two arrays. */
final class ReadArrays implements FlatMapFunction<String, Reading> {
    private static final long serialVersionUID = 1L;
    private final SerializableConfiguration hadoop;
    private final ArrayNames names;
    private final ImageShape shape;
    /** Null where the array tells it. */
    private final PixelLayout layout;

    ReadArrays(SerializableConfiguration hadoop, ArrayNames names, ImageShape shape, Optional<PixelLayout> layout) {
        this.hadoop = hadoop;
        this.names = names;
        this.shape = shape;
        this.layout = layout.orElse(null);
    }

    @Override
    public Iterator<Reading> call(String path) throws IOException {
        Storage storage = Storage.ofCluster(hadoop.value());
        Path root = new Path(path);
        ArrayFiles files = WholeFiles.closedWithTask(
                root, ArrayFiles.open(storage, storage.status(root).orElseThrow()));
        ArrayItems images = WholeFiles.closedWithTask(root, ArrayItems.open(files, names.images()));
        ArrayItems labels = WholeFiles.closedWithTask(root, ArrayItems.open(files, names.labels()));
        Pairs pairs = new Pairs(images, labels, layout);
        return new Packing(shape, pairs::addTo);
    }

    /** An image and its label, and the next, to the arrays' end. */
    private static final class Pairs {
        private final ArrayItems images;
        private final ArrayItems labels;
        private final ImageArray pixels;
        private final LabelArray classes;
        private int next;

        Pairs(ArrayItems images, ArrayItems labels, PixelLayout layout) {
            this.images = images;
            this.labels = labels;
            this.pixels = ImageArray.of(images, Optional.ofNullable(layout));
            this.classes = LabelArray.of(labels);
        }

        boolean addTo(PackedBuilder block) {
            if (next == images.count()) {
                images.requireEnd();
                labels.requireEnd();
                return false;
            }
            block.add(classes.next(), pixels.next(), block.size());
            next++;
            return true;
        }
    }
}
