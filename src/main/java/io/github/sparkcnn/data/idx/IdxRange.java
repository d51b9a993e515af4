package io.github.sparkcnn.data.idx;

import java.io.Serializable;
import org.apache.hadoop.fs.Path;

/**
 * The images {@code from … to − 1} of a pair of IDX files.
 *
 * @param layout of an image
 * @param firstLabel the label of class 0
 * @param classes labels are firstLabel … firstLabel + classes − 1
 */
record IdxRange(
        String images,
        IdxHeader imageHeader,
        IdxLayout layout,
        String labels,
        IdxHeader labelHeader,
        int from,
        int to,
        int firstLabel,
        int classes)
        implements Serializable {

    Path imageFile() {
        return new Path(images);
    }

    Path labelFile() {
        return new Path(labels);
    }

    /** Some of the same images. */
    IdxRange part(int first, int last) {
        return new IdxRange(images, imageHeader, layout, labels, labelHeader, first, last, firstLabel, classes);
    }

    /** Whether these are all images. */
    boolean isWhole() {
        return from == 0 && to == imageHeader.count();
    }

    /** Whether there is a class of this label. */
    boolean hasLabel(int label) {
        return label >= firstLabel && label - firstLabel < classes;
    }

    /** For messages: {@code 0..9}. */
    String labelText() {
        return firstLabel + ".." + (firstLabel + classes - 1);
    }
}
