package io.github.sparkcnn.kernel;

import io.github.sparkcnn.config.DeviceConfig.Precision;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.keys.Named;
import io.github.sparkcnn.network.Network;
import java.util.Set;

/**
 * A way to compute networks, chosen by {@code device.engine}. To add an engine, write one with a public constructor without
 * arguments and name the class in {@code META-INF/services/io.github.sparkcnn.kernel.Engine}. What it runs can be read as {@link
 * io.github.sparkcnn.kernel.step.StepProgram} by {@code kernel.step.reader}.
 */
public interface Engine extends Named {

    /**
     * Opens a replica of a network, or says why this engine cannot run it, or not train it where the options ask for training.
     *
     * @param network initialised; its flat arrays must not be replaced while the replica is open
     * @param images their shape
     * @param machine what computes here; the replica reports this, or says more
     */
    Opening open(Network network, ImageShape images, KernelOptions options, BackendReport machine);

    /** The precisions that it can be asked for, on whatever device; those of its products, for what it keeps has 32 bits. */
    default Set<Precision> precisions() {
        return Set.of(Precision.FLOAT32);
    }

    /** What it is called in messages. */
    default String title() {
        return name();
    }
}
