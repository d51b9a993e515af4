package io.github.sparkcnn.config;

import io.github.sparkcnn.keys.Keys;
import io.github.sparkcnn.keys.Range;
import java.util.Optional;

/**
 * The keys {@code training.gradient-clipping.*}: how far a minibatch's mean gradient may go. At most one of the two is there.
 *
 * @param norm the largest L2 norm over all parameters
 * @param value the largest magnitude of an element
 */
public record ClippingConfig(Optional<Double> norm, Optional<Double> value) {

    private static final Range LIMIT =
            Range.above(0).saying("null, or a number above 0").below(1e9);

    public ClippingConfig {
        norm.ifPresent(limit -> LIMIT.require("norm", limit));
        value.ifPresent(limit -> LIMIT.require("value", limit));
        if (norm.isPresent() && value.isPresent()) {
            throw new IllegalArgumentException("norm and value are both set");
        }
    }

    static ClippingConfig of(Keys keys) {
        Optional<Double> norm = keys.optionalNumber("norm", LIMIT);
        Optional<Double> value = keys.optionalNumber("value", LIMIT);
        value.ifPresent(limit -> keys.require(
                norm.isEmpty(),
                "value",
                limit + " and " + keys.place().key("norm") + " is set",
                "null, or the norm to null"));
        return new ClippingConfig(norm, value);
    }
}
