package io.github.sparkcnn.config;

import io.github.sparkcnn.keys.Keys;
import io.github.sparkcnn.keys.Range;
import java.io.Serializable;
import java.util.Optional;

/**
 * The keys {@code data.validation-*}: which of the training images are held out, to be evaluated on in the place of test images.
 * One of the two is there.
 *
 * @param fraction of every class, chosen by the seed; between 0 and 1
 * @param last so many images at the end of the data set
 */
public record Holdout(Optional<Double> fraction, Optional<Integer> last) implements Serializable {

    private static final Range FRACTION = Range.between(0, 1).saying("a number between 0 and 1");
    private static final Range LAST = Range.atLeast(1);

    public Holdout {
        fraction.ifPresent(part -> FRACTION.require("fraction", part));
        last.ifPresent(images -> LAST.require("last", images));
        if (fraction.isPresent() == last.isPresent()) {
            throw new IllegalArgumentException("not one of fraction and last is set");
        }
    }

    /** Such a part of every class. */
    public static Holdout ofFraction(double fraction) {
        return new Holdout(Optional.of(fraction), Optional.empty());
    }

    /** The last so many images. */
    public static Holdout ofLast(int images) {
        return new Holdout(Optional.empty(), Optional.of(images));
    }

    static Optional<Holdout> of(Keys keys, boolean hasTest) {
        Optional<Double> fraction = keys.optionalNumber("validation-fraction", FRACTION);
        Optional<Integer> last = keys.optionalWhole("validation-last", 1);
        fraction.ifPresent(value -> {
            requireAlone(keys, "validation-fraction", value, hasTest);
            keys.require(
                    last.isEmpty(),
                    "validation-fraction",
                    value + " and data.validation-last is set",
                    "null, or data.validation-last to null");
        });
        last.ifPresent(value -> requireAlone(keys, "validation-last", value, hasTest));
        return fraction.isEmpty() && last.isEmpty() ? Optional.empty() : Optional.of(new Holdout(fraction, last));
    }

    private static void requireAlone(Keys keys, String name, Object value, boolean hasTest) {
        keys.require(!hasTest, name, value + " and data.test is set", "null, or data.test to null");
    }
}
