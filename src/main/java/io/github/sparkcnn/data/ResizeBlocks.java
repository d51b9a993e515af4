package io.github.sparkcnn.data;

import io.github.sparkcnn.data.format.ImageFiles;
import io.github.sparkcnn.data.pack.Packing;
import io.github.sparkcnn.data.pack.Reading;
import io.github.sparkcnn.image.PackedBuilder;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.image.Resize;
import io.github.sparkcnn.image.Resizing;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;

/** In a task: a block's images at another size, each scaled when it is asked for; larger ones are in more blocks. */
final class ResizeBlocks implements FlatMapFunction<Reading, Reading> {
    private static final long serialVersionUID = 1L;

    private final Resize resize;

    private ResizeBlocks(Resize resize) {
        this.resize = resize;
    }

    static ImageFiles of(ImageFiles files, Resizing to) {
        Resize resize = new Resize(files.shape(), to);
        return files.with(resize.shape(), files.readings().flatMap(new ResizeBlocks(resize)));
    }

    @Override
    public Iterator<Reading> call(Reading reading) {
        return reading instanceof Reading.Block block
                ? new Packing(resize.shape(), new Scaled(block.images(), resize)::addTo)
                : List.of(reading).iterator();
    }

    private static final class Scaled {
        private final PackedImages images;
        private final Resize resize;
        private final byte[] scaled;
        private int next;

        Scaled(PackedImages images, Resize resize) {
            this.images = images;
            this.resize = resize;
            this.scaled = new byte[resize.shape().size()];
        }

        boolean addTo(PackedBuilder block) {
            if (next == images.size()) {
                return false;
            }
            resize.apply(images.pixels(), next * images.shape().size(), scaled, 0);
            block.add(images.label(next), scaled, images.indices()[next]);
            next++;
            return true;
        }
    }
}
