package io.github.sparkcnn.data.idx;

import io.github.sparkcnn.image.ImageShape;
import java.io.Serializable;
import org.apache.hadoop.fs.Path;

/** The images {@code from … to − 1} of a pair of IDX files, whose labels are 0 … classes − 1. */
record IdxRange(
        String images, IdxHeader imageHeader, String labels, IdxHeader labelHeader, int from, int to, int classes)
        implements Serializable {

    Path imageFile() {
        return new Path(images);
    }

    Path labelFile() {
        return new Path(labels);
    }

    ImageShape shape() {
        return new ImageShape(1, imageHeader.sizes().get(1), imageHeader.sizes().get(2));
    }

    /** Whether these are all images. */
    boolean isWhole() {
        return from == 0 && to == imageHeader.count();
    }
}
