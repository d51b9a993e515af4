package io.github.sparkcnn.config;

import java.util.Optional;

/**
 * The keys {@code training.gradient-clipping.*}: how far a minibatch's mean gradient may go. At most one of the two is there.
 *
 * @param norm the largest L2 norm over all parameters
 * @param value the largest magnitude of an element
 */
public record ClippingConfig(Optional<Double> norm, Optional<Double> value) {

    static ClippingConfig of(Keys keys) {
        Optional<Double> norm = keys.optionalNumber("norm");
        Optional<Double> value = keys.optionalNumber("value");
        norm.ifPresent(limit -> keys.require(limit > 0 && limit < 1e9, "norm", limit, "null, or a number above 0"));
        value.ifPresent(limit -> {
            keys.require(limit > 0 && limit < 1e9, "value", limit, "null, or a number above 0");
            keys.require(
                    norm.isEmpty(),
                    "value",
                    limit + " and training.gradient-clipping.norm is set",
                    "null, or the norm to null");
        });
        return new ClippingConfig(norm, value);
    }
}
