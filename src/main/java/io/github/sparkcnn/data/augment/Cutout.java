package io.github.sparkcnn.data.augment;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.random.RandomStream;

/**
 * Blackens a square around a random pixel; what lies outside the image is cut off (DeVries and Taylor, "Improved Regularization
 * of Convolutional Neural Networks with Cutout", 2017).
 *
 * @param size of the square's side
 */
record Cutout(ImageShape shape, int size) implements Augmentation {

    @Override
    public void apply(byte[] from, byte[] to, RandomStream random) {
        System.arraycopy(from, 0, to, 0, shape.size());
        int top = random.below(shape.height()) - size / 2;
        int left = random.below(shape.width()) - size / 2;
        Rectangle.blacken(shape, to, top, left, top + size, left + size);
    }
}
