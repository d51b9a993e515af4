package io.github.sparkcnn.data.augment;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.keys.Keys;
import io.github.sparkcnn.keys.Place;
import io.github.sparkcnn.keys.Range;

/** What several augmentations' parameters may be. */
final class Parameters {

    static final Range FRACTION = Range.of(0, 1);
    static final Range DEGREES = Range.of(0, 180);
    static final Range PIXELS = Range.atLeast(0);

    private Parameters() {}

    /** Refuses a lower bound above its upper one, whichever of them is the default. */
    static void requireOrder(Keys keys, String lower, double least, String upper, double most) {
        keys.require(
                least <= most,
                upper,
                most + " and " + keys.place().key(lower) + " is " + least,
                least + " or more, or " + lower + " to at most " + most);
    }

    /** Refuses a number of pixels that the image's shorter side does not have. */
    static void requireWithin(ImageShape shape, Place place, String key, int pixels) {
        int side = Math.min(shape.height(), shape.width());
        if (pixels > side) {
            throw place.wrong(key, "is " + pixels + ", the images are " + shape, "at most " + side);
        }
    }
}
