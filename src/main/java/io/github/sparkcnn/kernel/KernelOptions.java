package io.github.sparkcnn.kernel;

import io.github.sparkcnn.config.DeviceConfig;
import io.github.sparkcnn.config.DeviceConfig.Backend;
import io.github.sparkcnn.config.DeviceConfig.Precision;
import io.github.sparkcnn.kernel.update.GradientClipping;
import io.github.sparkcnn.kernel.update.UpdateRule;
import java.io.Serializable;

/**
 * Which kernels a replica runs on, and what a step of it is; travels to executors.
 *
 * @param engine {@code device.engine}: an engine's name, or {@link Engines#AUTO}
 * @param threads a replica's own, at least 1
 * @param training whether steps will be asked for and not predictions alone: an engine then refuses what it cannot train
 * @param required whether a network that cannot run on native kernels is an error and not a warning
 * @param weights of the classes in the loss
 * @param clipping of each minibatch's gradient
 * @param precision of the layers' products
 * @param backend that has to compute, or the replica is not opened
 */
public record KernelOptions(
        String engine,
        int threads,
        boolean training,
        boolean required,
        UpdateRule rule,
        ClassWeights weights,
        GradientClipping clipping,
        Precision precision,
        Backend backend)
        implements Serializable {

    public KernelOptions {
        if (threads < 1) {
            throw new IllegalArgumentException("a replica needs a thread, not " + threads);
        }
    }

    /** The fastest kernels on one thread, for predictions, all classes alike, no clipping. */
    public static KernelOptions defaults() {
        return new KernelOptions(
                Engines.AUTO,
                1,
                false,
                false,
                UpdateRule.PYTORCH,
                ClassWeights.EQUAL,
                GradientClipping.NONE,
                Precision.FLOAT32,
                Backend.CPU);
    }

    /** For predictions on the kernels that the keys {@code device.*} ask for. */
    public static KernelOptions of(DeviceConfig device, int threads) {
        KernelOptions like = defaults();
        return new KernelOptions(
                device.engine(),
                threads,
                like.training(),
                device.requireNativeKernels(),
                like.rule(),
                like.weights(),
                like.clipping(),
                device.precision(),
                device.backend());
    }

    /** The same for training too. */
    public KernelOptions withTraining() {
        return new KernelOptions(engine, threads, true, required, rule, weights, clipping, precision, backend);
    }

    public KernelOptions withEngine(String other) {
        return new KernelOptions(other, threads, training, required, rule, weights, clipping, precision, backend);
    }

    public KernelOptions withThreads(int other) {
        return new KernelOptions(engine, other, training, required, rule, weights, clipping, precision, backend);
    }

    public KernelOptions withRule(UpdateRule other) {
        return new KernelOptions(engine, threads, training, required, other, weights, clipping, precision, backend);
    }

    public KernelOptions withWeights(ClassWeights other) {
        return new KernelOptions(engine, threads, training, required, rule, other, clipping, precision, backend);
    }

    public KernelOptions withClipping(GradientClipping other) {
        return new KernelOptions(engine, threads, training, required, rule, weights, other, precision, backend);
    }

    public KernelOptions withPrecision(Precision other) {
        return new KernelOptions(engine, threads, training, required, rule, weights, clipping, other, backend);
    }

    /** The same on the processor, by whatever engine runs the network: for a driver whose executors have the GPUs. */
    public KernelOptions besideGpus() {
        return new KernelOptions(
                Engines.AUTO, threads, training, false, rule, weights, clipping, Precision.FLOAT32, Backend.CPU);
    }
}
