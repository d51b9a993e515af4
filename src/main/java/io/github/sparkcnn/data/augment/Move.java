package io.github.sparkcnn.data.augment;

import io.github.sparkcnn.image.MovedPixels;
import io.github.sparkcnn.random.RandomStream;

/** An augmentation that moves rows and columns and changes no pixel's value, so that it can be made wherever the images are. */
interface Move extends Augmentation {

    /**
     * Moves the image that has been started there to where {@link #apply} moves it.
     *
     * @param random this image's stream, from which the same is drawn
     */
    void move(MovedPixels image, RandomStream random);
}
