package io.github.sparkcnn.data.pack;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PackedBuilder;
import io.github.sparkcnn.image.PackedImages;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.FlatMapFunction;
import scala.Tuple2;

/** In a task: puts a worker's slices, which come in order, together to blocks; at least one, which may be empty. */
final class MergeSlices implements FlatMapFunction<Iterator<Tuple2<SliceKey, PackedImages>>, PackedImages> {
    private static final long serialVersionUID = 1L;

    private final ImageShape shape;
    private final int blockBytes;

    MergeSlices(ImageShape shape, int blockBytes) {
        this.shape = shape;
        this.blockBytes = blockBytes;
    }

    @Override
    public Iterator<PackedImages> call(Iterator<Tuple2<SliceKey, PackedImages>> slices) {
        return new Blocks(slices);
    }

    private final class Blocks implements Iterator<PackedImages> {
        private final Iterator<Tuple2<SliceKey, PackedImages>> slices;
        private PackedImages slice = new PackedBuilder(shape, 0).build();
        private int next;
        private boolean begun;

        Blocks(Iterator<Tuple2<SliceKey, PackedImages>> slices) {
            this.slices = slices;
        }

        @Override
        public boolean hasNext() {
            return !begun || next < slice.size() || slices.hasNext();
        }

        @Override
        public PackedImages next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            begun = true;
            int most = Packing.imagesOf(shape, blockBytes);
            PackedBuilder block = new PackedBuilder(shape, slices.hasNext() ? most : slice.size() - next);
            while (block.size() < most && (next < slice.size() || slices.hasNext())) {
                if (next == slice.size()) {
                    slice = slices.next()._2;
                    next = 0;
                }
                block.add(slice, next, slice.indices()[next]);
                next++;
            }
            return block.build();
        }
    }
}
