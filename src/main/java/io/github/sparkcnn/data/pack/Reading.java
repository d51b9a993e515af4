package io.github.sparkcnn.data.pack;

import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.io.DataFile;
import java.io.Serializable;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.StreamSupport;

/**
 * What a task gives that reads images: blocks of them in their order, and the sum of each file that it read to its end. Both in
 * one sequence, so that one pass over a file is enough.
 */
public sealed interface Reading extends Serializable {

    /** The next images, at most {@link Packing#BLOCK_BYTES} of pixels; their indices do not matter yet. */
    record Block(PackedImages images) implements Reading {}

    /** A file, or the next part of what has no file, was read to its end. */
    record Checked(DataFile file) implements Reading {}

    /** The images alone, one block after the other as they are asked for. */
    static Iterator<PackedImages> blocks(Iterator<Reading> readings) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(readings, Spliterator.ORDERED), false)
                .filter(Block.class::isInstance)
                .map(reading -> ((Block) reading).images())
                .iterator();
    }
}
