package io.github.sparkcnn.data.folder;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.data.decode.Rendering;
import io.github.sparkcnn.image.ImageShape;
import java.io.Serializable;

/**
 * What every image is brought to.
 *
 * @param witness the image that gave the size, for messages
 */
record Wanted(Rendering rendering, String witness) implements Serializable {
    /** Refuses images of several sizes, which nobody said what to do with. */
    void requireFits(String name, ImageShape size, String root) {
        if (!rendering.fits(size)) {
            throw new UserException(
                    "read " + root,
                    name + " is " + Rendering.size(size) + ", and " + witness + " " + Rendering.size(rendering.shape()),
                    "Set data.resize, e.g. to [64, 64], and data.resize-mode to stretch, crop or pad");
        }
    }
}
