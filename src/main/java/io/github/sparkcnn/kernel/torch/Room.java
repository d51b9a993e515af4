package io.github.sparkcnn.kernel.torch;

import java.util.Locale;
import java.util.Optional;

/**
 * Whether images fit into a device's memory beside the steps that are made of them. A step's activations and their gradients, a
 * prediction's, and cuDNN's workspace come only later and depend on the network and the minibatch: half of what is free is
 * theirs, and a gibibyte at least.
 *
 * @param free bytes that nobody uses, with the state there already
 */
record Room(long free) {
    private static final long LEAST = 1L << 30;

    /** The bytes that images must leave. */
    long reserve() {
        return Math.max(LEAST, (free + 1) / 2);
    }

    /** Why so many bytes of images stay where they are; empty where they fit. */
    Optional<String> refusal(long images) {
        return images <= free - reserve()
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "they are %,d MB, and of %,d MB of free memory %,d are for the steps",
                        images / 1_000_000,
                        free / 1_000_000,
                        reserve() / 1_000_000));
    }
}
