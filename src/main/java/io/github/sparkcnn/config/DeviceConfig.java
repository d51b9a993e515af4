package io.github.sparkcnn.config;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.keys.Keys;
import io.github.sparkcnn.keys.Range;
import java.util.Optional;

/**
 * The keys {@code device.*}: what computes.
 *
 * @param engine {@code auto} or the name of an engine, which whoever opens one finds
 * @param threads of the driver's replica; empty: as many as the machine has cores
 */
public record DeviceConfig(
        Backend backend,
        Optional<Integer> threads,
        String engine,
        boolean requireNativeKernels,
        Precision precision,
        Averaging averaging) {

    /** The kind of device that is asked for; one that cannot be had is an error, never a fallback. */
    public enum Backend {
        CPU,
        CUDA
    }

    /** In which numbers layers multiply; loss, parameters and the optimizer's state are of 32 bits in each. */
    public enum Precision {
        /** IEEE 754's 32 bits. */
        FLOAT32,
        /** NVIDIA's products of 32 bits with a significand of 11; sums of 32. */
        TF32,
        /** 16 bits with the exponent of 32; sums of 32. */
        BF16;

        /** As in a configuration. */
        public String word() {
            return Keys.word(this);
        }
    }

    /** By what the workers of {@code all-reduce} average. */
    public enum Averaging {
        /** Our own, through host memory and Spark's network, between any machines. */
        RING,
        /** NVIDIA's, between GPUs of one machine. */
        NCCL
    }

    /** Whether each worker computes on a GPU of its own. */
    public boolean onGpus() {
        return backend == Backend.CUDA;
    }

    public DeviceConfig {
        if (averaging == Averaging.NCCL && backend == Backend.CPU) {
            throw new UserException(
                    "use the configuration",
                    "device.averaging is nccl, which is NVIDIA's library between GPUs, and device.backend is cpu",
                    "Set device.averaging = ring, or device.backend = cuda");
        }
        threads.ifPresent(count -> Range.atLeast(1).require("threads", count));
        if (precision == Precision.TF32 && backend == Backend.CPU) {
            throw new UserException(
                    "use the configuration",
                    "device.precision is tf32, which are numbers of NVIDIA's GPUs, and device.backend is cpu",
                    "Set device.precision to float32 or bf16, or device.backend = cuda");
        }
    }

    /** The same with another engine. */
    public DeviceConfig withEngine(String other) {
        return new DeviceConfig(backend, threads, other, requireNativeKernels, precision, averaging);
    }

    static DeviceConfig of(Keys keys) {
        return new DeviceConfig(
                keys.choice("backend", Backend.class),
                keys.optionalWhole("threads", 1),
                keys.string("engine"),
                keys.bool("require-native-kernels"),
                keys.choice("precision", Precision.class),
                keys.choice("averaging", Averaging.class));
    }
}
