package io.github.sparkcnn.data.pack;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.LabelledPixels;
import io.github.sparkcnn.image.PackedImages;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.SparkEnv;

/** The images of one worker, read in any order. It never changes, and any number of threads may read it. */
public sealed interface Share extends LabelledPixels permits HeapShare, MappedShare {

    /** The position of image {@code i} of the share in the data set. */
    int index(int i);

    /** Images that are in memory. */
    static Share of(PackedImages images) {
        return HeapShare.of(images.shape(), List.of(images).iterator());
    }

    /** Takes blocks, one after the other. */
    static Share of(ImageShape shape, Iterator<PackedImages> blocks, boolean mapped) {
        if (!mapped) {
            return HeapShare.of(shape, blocks);
        }
        // In a folder of spark.local.dir, which Spark deletes with the process.
        return MappedShare.of(
                shape,
                blocks,
                SparkEnv.get()
                        .blockManager()
                        .diskBlockManager()
                        .createTempLocalBlock()
                        ._2
                        .toPath());
    }
}
