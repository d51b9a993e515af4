package io.github.sparkcnn.data.numpy;

import io.github.sparkcnn.FileException;
import io.github.sparkcnn.data.pack.Packing;
import io.github.sparkcnn.data.pack.Reading;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PackedBuilder;
import io.github.sparkcnn.image.PixelLayout;
import io.github.sparkcnn.io.Storage;
import java.io.Closeable;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;

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
        ArrayFiles files = closedWithTask(
                path, ArrayFiles.open(storage, storage.status(new Path(path)).orElseThrow()));
        ArrayItems images = closedWithTask(path, ArrayItems.open(files, names.images()));
        ArrayItems labels = closedWithTask(path, ArrayItems.open(files, names.labels()));
        Pairs pairs = new Pairs(images, labels, layout);
        return new Packing(shape, pairs::addTo);
    }

    private static <C extends Closeable> C closedWithTask(String path, C opened) {
        TaskContext.get().addTaskCompletionListener((TaskCompletionListener) ended -> {
            try {
                opened.close();
            } catch (IOException e) {
                throw new FileException("close", path, e);
            }
        });
        return opened;
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
