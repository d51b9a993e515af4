package io.github.sparkcnn.data.augment;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.keys.Keys;
import io.github.sparkcnn.keys.Range;
import io.github.sparkcnn.random.RandomStream;

/**
 * Blackens one random rectangle, with a probability (torchvision.transforms.RandomErasing; Zhong et al., "Random Erasing Data
 * Augmentation", 2020): its area is uniform between two fractions of the image's, its ratio of height to width log-uniform
 * between {@code narrowest} and its inverse. After ten rectangles that do not fit the image stays as it is.
 */
record RandomErasing(double probability, double smallestArea, double largestArea, double narrowest)
        implements Augmentation {

    private static final int TRIES = 10;
    private static final Range NARROWEST = Range.above(0).upTo(1).saying("above 0, at most 1");

    RandomErasing {
        Parameters.FRACTION.require("probability", probability);
        Parameters.FRACTION.require("smallestArea", smallestArea);
        Range.of(smallestArea, 1).require("largestArea", largestArea);
        NARROWEST.require("narrowest", narrowest);
    }

    @Override
    public void apply(ImageShape shape, byte[] from, byte[] to, RandomStream random) {
        System.arraycopy(from, 0, to, 0, shape.size());
        if (!random.chance(probability)) {
            return;
        }
        for (int i = 0; i < TRIES; i++) {
            double area = random.uniform(smallestArea, largestArea) * shape.height() * shape.width();
            double ratio = Math.exp(random.uniform(Math.log(narrowest), -Math.log(narrowest)));
            int height = (int) Math.round(Math.sqrt(area * ratio));
            int width = (int) Math.round(Math.sqrt(area / ratio));
            if (height < shape.height() && width < shape.width()) {
                int top = random.below(shape.height() - height + 1);
                int left = random.below(shape.width() - width + 1);
                Rectangle.blacken(shape, to, top, left, top + height, left + width);
                return;
            }
        }
    }

    /** {@code random-erasing}. */
    public static final class Provider implements AugmentationProvider {

        @Override
        public String name() {
            return "random-erasing";
        }

        @Override
        public Augmentation read(Keys keys) {
            double smallest = keys.number("smallest-area", 0.02, Parameters.FRACTION);
            double largest = keys.number("largest-area", 0.33, Parameters.FRACTION);
            Parameters.requireOrder(keys, "smallest-area", smallest, "largest-area", largest);
            return new RandomErasing(
                    keys.number("probability", 0.5, Parameters.FRACTION),
                    smallest,
                    largest,
                    keys.number("narrowest", 0.3, NARROWEST));
        }
    }
}
