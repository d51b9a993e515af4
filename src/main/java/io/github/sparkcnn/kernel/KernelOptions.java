package io.github.sparkcnn.kernel;

import io.github.sparkcnn.config.DeviceConfig;
import io.github.sparkcnn.kernel.update.GradientClipping;
import io.github.sparkcnn.kernel.update.UpdateRule;
import java.io.Serializable;

/**
 * Which kernels a replica runs on, and what a step of it is; travels to executors.
 *
 * @param threads a replica's own, at least 1
 * @param required whether a network that cannot run on native kernels is an error and not a warning
 * @param weights of the classes in the loss
 * @param clipping of each minibatch's gradient
 */
public record KernelOptions(
        Mode mode, int threads, boolean required, UpdateRule rule, ClassWeights weights, GradientClipping clipping)
        implements Serializable {

    /** {@code device.kernels}. */
    public enum Mode {
        /** oneDNN directly where the network allows, DL4J's layers otherwise. */
        AUTO,
        /** oneDNN directly, or an error that says why not. */
        ONEDNN,
        /** DL4J's layers, over oneDNN where DL4J has a helper for it. */
        DL4J
    }

    public KernelOptions {
        if (threads < 1) {
            throw new IllegalArgumentException("a replica needs a thread, not " + threads);
        }
    }

    /** The fastest kernels on one thread, all classes alike, no clipping. */
    public static KernelOptions defaults() {
        return new KernelOptions(Mode.AUTO, 1, false, UpdateRule.PYTORCH, ClassWeights.EQUAL, GradientClipping.NONE);
    }

    /** The same on the kernels that the keys {@code device.*} ask for. */
    public static KernelOptions of(DeviceConfig device, int threads) {
        Mode mode = switch (device.kernels()) {
            case AUTO -> Mode.AUTO;
            case ONEDNN -> Mode.ONEDNN;
            case DL4J -> Mode.DL4J;
        };
        KernelOptions like = defaults();
        return new KernelOptions(
                mode, threads, device.requireNativeKernels(), like.rule(), like.weights(), like.clipping());
    }

    public KernelOptions withMode(Mode other) {
        return new KernelOptions(other, threads, required, rule, weights, clipping);
    }

    public KernelOptions withThreads(int other) {
        return new KernelOptions(mode, other, required, rule, weights, clipping);
    }

    public KernelOptions withRule(UpdateRule other) {
        return new KernelOptions(mode, threads, required, other, weights, clipping);
    }

    public KernelOptions withWeights(ClassWeights other) {
        return new KernelOptions(mode, threads, required, rule, other, clipping);
    }

    public KernelOptions withClipping(GradientClipping other) {
        return new KernelOptions(mode, threads, required, rule, weights, other);
    }
}
