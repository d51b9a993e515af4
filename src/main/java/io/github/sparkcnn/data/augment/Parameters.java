package io.github.sparkcnn.data.augment;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.keys.Place;
import io.github.sparkcnn.keys.Range;

/** What several augmentations' parameters may be. */
final class Parameters {

    static final Range FRACTION = Range.of(0, 1);
    static final Range DEGREES = Range.of(0, 180);
    static final Range PIXELS = Range.atLeast(0);

    private Parameters() {}

    /** Refuses a number of pixels that the image's shorter side does not have. */
    static void requireWithin(ImageShape shape, Place place, String key, int pixels) {
        int side = Math.min(shape.height(), shape.width());
        if (pixels > side) {
            throw place.wrong(key, "is " + pixels + ", the images are " + shape, "at most " + side);
        }
    }
}
