package io.github.sparkcnn.data.pack;

import io.github.sparkcnn.image.PackedBuilder;
import io.github.sparkcnn.image.PackedImages;
import java.util.BitSet;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.Function2;

/** In a task: the images of a partition that are selected, indexed by their places among all selected. */
final class Choose implements Function2<Integer, Iterator<Reading>, Iterator<PackedImages>> {
    private static final long serialVersionUID = 1L;

    private final BitSet positions;
    private final int[] offsets;

    /**
     * Selects images.
     *
     * @param positions of those selected
     * @param offsets position of the first image of each partition
     */
    Choose(BitSet positions, int[] offsets) {
        this.positions = positions;
        this.offsets = offsets;
    }

    @Override
    public Iterator<PackedImages> call(Integer partition, Iterator<Reading> readings) {
        return new Chosen(Reading.blocks(readings), offsets[partition]);
    }

    private final class Chosen implements Iterator<PackedImages> {
        private final Iterator<PackedImages> blocks;
        private int position;
        private int index;

        Chosen(Iterator<PackedImages> blocks, int offset) {
            this.blocks = blocks;
            this.position = offset;
            this.index = positions.get(0, offset).cardinality();
        }

        @Override
        public boolean hasNext() {
            return blocks.hasNext();
        }

        @Override
        public PackedImages next() {
            PackedImages block = blocks.next();
            int end = position + block.size();
            int count = positions.get(position, end).cardinality();
            PackedImages chosen = count == block.size()
                    ? block.indexed(IntStream.range(index, index + count).toArray())
                    : some(block, end, count);
            position = end;
            index += count;
            return chosen;
        }

        private PackedImages some(PackedImages block, int end, int count) {
            PackedBuilder chosen = new PackedBuilder(block.shape(), count);
            for (int i = positions.nextSetBit(position); i >= 0 && i < end; i = positions.nextSetBit(i + 1)) {
                chosen.add(block, i - position, index + chosen.size());
            }
            return chosen.build();
        }
    }
}
