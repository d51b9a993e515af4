package io.github.sparkcnn.data.augment;

import io.github.sparkcnn.random.RandomStream;
import java.io.Serializable;

/** One random change to an image. Immutable; to add one, write it and name it in {@link Augmentations}. */
interface Augmentation extends Serializable {

    /**
     * Writes the changed image.
     *
     * @param from one image, channels × height × width, unsigned; not changed
     * @param to receives all of the image; not the same array
     * @param random this image's stream
     */
    void apply(byte[] from, byte[] to, RandomStream random);
}
