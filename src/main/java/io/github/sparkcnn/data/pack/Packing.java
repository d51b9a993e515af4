package io.github.sparkcnn.data.pack;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PackedBuilder;
import io.github.sparkcnn.image.PackedImages;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;

/** Packs images that come one after the other into blocks, each made when it is asked for. */
public final class Packing implements Iterator<Reading> {
    /**
     * The most pixels in a block that holds more than one image: a megabyte with its array's header, the smallest region of the
     * G1 collector. Not more, because Java's serialization, in which Spark moves blocks and writes them to disk, keeps a
     * hundred objects alive before it lets go of them.
     */
    public static final int BLOCK_BYTES = (1 << 20) - 64;

    private final ImageShape shape;
    private final Images images;
    private PackedImages block;

    /** Images that come one after the other. */
    @FunctionalInterface
    public interface Images {
        /** Adds the next image to the block; false where there is none. */
        boolean addTo(PackedBuilder block);
    }

    /** Packs images of one shape. */
    public Packing(ImageShape shape, Images images) {
        this.shape = shape;
        this.images = images;
    }

    /** Cuts images that are in memory already. */
    public static Iterator<Reading> of(PackedImages all) {
        int step = imagesOf(all.shape(), BLOCK_BYTES);
        return IntStream.iterate(0, from -> from < all.size(), from -> from + step)
                .mapToObj(from -> (Reading) new Reading.Block(all.range(from, Math.min(all.size(), from + step))))
                .iterator();
    }

    /** The images that fit in so many bytes, at least one. */
    static int imagesOf(ImageShape shape, int bytes) {
        return Math.max(1, bytes / shape.size());
    }

    @Override
    public boolean hasNext() {
        if (block == null) {
            block = pack();
        }
        return block.size() > 0;
    }

    @Override
    public Reading next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Reading next = new Reading.Block(block);
        block = null;
        return next;
    }

    private PackedImages pack() {
        int most = imagesOf(shape, BLOCK_BYTES);
        PackedBuilder packed = new PackedBuilder(shape, most);
        boolean more = true;
        while (more && packed.size() < most) {
            more = images.addTo(packed);
        }
        return packed.build();
    }
}
