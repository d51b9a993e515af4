package io.github.sparkcnn.data.idx;

import io.github.sparkcnn.data.format.BadImages;
import io.github.sparkcnn.data.format.WholeFiles;
import io.github.sparkcnn.data.pack.Packing;
import io.github.sparkcnn.data.pack.Reading;
import io.github.sparkcnn.image.PackedBuilder;
import io.github.sparkcnn.io.DigestedInput;
import io.github.sparkcnn.io.Storage;
import java.io.InputStream;
import java.util.Iterator;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.util.SerializableConfiguration;

/** In a task: the images of a range. */
final class ReadRange implements FlatMapFunction<IdxRange, Reading> {
    private static final long serialVersionUID = 1L;
    private final SerializableConfiguration hadoop;

    ReadRange(SerializableConfiguration hadoop) {
        this.hadoop = hadoop;
    }

    @Override
    public Iterator<Reading> call(IdxRange range) {
        Storage storage = Storage.ofCluster(hadoop.value());
        if (range.isWhole()) {
            DigestedInput images = WholeFiles.open(storage, range.imageFile());
            DigestedInput labels = WholeFiles.open(storage, range.labelFile());
            return WholeFiles.read(
                    images(
                            range,
                            IdxItems.fromHeader(range.imageFile(), range.imageHeader(), images),
                            IdxItems.fromHeader(range.labelFile(), range.labelHeader(), labels)),
                    images,
                    labels);
        }
        return images(
                range,
                part(storage, range.imageFile(), range.imageHeader(), range.from()),
                part(storage, range.labelFile(), range.labelHeader(), range.from()));
    }

    private static IdxItems part(Storage storage, Path file, IdxHeader header, int from) {
        InputStream in = WholeFiles.open(storage, file, header.length() + (long) from * header.itemSize());
        return IdxItems.ofPart(file, header, in);
    }

    private static Packing images(IdxRange range, IdxItems images, IdxItems labels) {
        return new Packing(range.layout().shape(), new Pairs(range, images, labels)::addTo);
    }

    /** An image and its label, and the next, to the range's end. */
    private static final class Pairs {
        private final IdxRange range;
        private final IdxItems images;
        private final IdxItems labels;
        private int next;

        Pairs(IdxRange range, IdxItems images, IdxItems labels) {
            this.range = range;
            this.images = images;
            this.labels = labels;
            this.next = range.from();
        }

        boolean addTo(PackedBuilder block) {
            if (next == range.to()) {
                return false;
            }
            byte[] pixels = range.layout().packed(images.item(next));
            int label = labels.item(next)[0] & 0xff;
            if (!range.hasLabel(label)) {
                throw BadImages.in(
                        range.labelFile(),
                        "label " + label + " at byte " + (range.labelHeader().length() + next) + " (image " + next
                                + ") is outside " + range.labelText(),
                        "Name labels for every class in data.labels");
            }
            block.add(label - range.firstLabel(), pixels, block.size());
            next++;
            if (next == range.imageHeader().count()) {
                images.requireEnd();
                labels.requireEnd();
            }
            return true;
        }
    }
}
