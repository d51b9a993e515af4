package io.github.sparkcnn.config;

import io.github.sparkcnn.keys.Keys;
import io.github.sparkcnn.keys.Range;
import java.util.Optional;

/**
 * The keys {@code device.*}: what computes.
 *
 * @param engine {@code auto} or the name of an engine, which whoever opens one finds
 * @param threads of the driver's replica; empty: as many as the machine has cores
 */
public record DeviceConfig(Backend backend, Optional<Integer> threads, String engine, boolean requireNativeKernels) {

    /** The kind of device that is asked for; one that cannot be had is an error, never a fallback. */
    public enum Backend {
        CPU,
        CUDA
    }

    public DeviceConfig {
        threads.ifPresent(count -> Range.atLeast(1).require("threads", count));
    }

    static DeviceConfig of(Keys keys) {
        return new DeviceConfig(
                keys.choice("backend", Backend.class),
                keys.optionalWhole("threads", 1),
                keys.string("engine"),
                keys.bool("require-native-kernels"));
    }
}
