package io.github.sparkcnn.network;

import io.github.sparkcnn.image.ImageShape;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.learning.config.IUpdater;

/** One network's shape. To add a network, write one and name it in {@link Architectures}. */
interface Architecture {

    /** As in {@code network.name}. */
    String name();

    /**
     * A network of this architecture, parameters not yet set.
     *
     * @param updater the optimizer of every layer
     * @param l2 weight decay of the weights
     */
    Model configure(ImageShape input, int classes, IUpdater updater, double l2);

    /** Whether the layers follow each other without branches. */
    default boolean isSequential() {
        return true;
    }
}
