package io.github.sparkcnn.data.pack;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PackedImages;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** A share whose blocks are on the heap: the very blocks that Spark keeps there. */
final class HeapShare implements Share {
    private final ImageShape shape;
    private final List<PackedImages> blocks;
    /** Of each block, the number of the images before it. */
    private final int[] starts;

    private final int size;

    private HeapShare(ImageShape shape, List<PackedImages> blocks) {
        this.shape = shape;
        this.blocks = blocks;
        this.starts = new int[blocks.size()];
        int images = 0;
        for (int b = 0; b < starts.length; b++) {
            starts[b] = images;
            images += blocks.get(b).size();
        }
        this.size = images;
    }

    static HeapShare of(ImageShape shape, Iterator<PackedImages> blocks) {
        List<PackedImages> filled = new ArrayList<>();
        while (blocks.hasNext()) {
            PackedImages block = blocks.next();
            if (block.size() > 0) {
                filled.add(block);
            }
        }
        return new HeapShare(shape, filled);
    }

    @Override
    public ImageShape shape() {
        return shape;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int label(int i) {
        int b = block(i);
        return blocks.get(b).label(i - starts[b]);
    }

    @Override
    public int index(int i) {
        int b = block(i);
        return blocks.get(b).indices()[i - starts[b]];
    }

    @Override
    public void read(int i, byte[] pixels) {
        int b = block(i);
        System.arraycopy(blocks.get(b).pixels(), (i - starts[b]) * shape.size(), pixels, 0, shape.size());
    }

    private int block(int i) {
        int found = Arrays.binarySearch(starts, i);
        return found >= 0 ? found : -found - 2;
    }
}
