package io.github.sparkcnn.network.architecture;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.keys.Keys;
import io.github.sparkcnn.keys.Named;
import io.github.sparkcnn.network.Network;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * One network's shape, chosen by {@code network.name}. To add a network, write one with a public constructor without arguments and
 * name the class in {@code META-INF/services/io.github.sparkcnn.network.architecture.Architecture}.
 */
public interface Architecture extends Named {

    /**
     * A network of this architecture, of named layers, that ends in softmax over the classes. Its parameters are set by whoever asks
     * for it.
     *
     * @param updater the optimizer of every layer
     * @param l2 weight decay of the weights
     * @return from {@link Network#of(org.deeplearning4j.nn.conf.MultiLayerConfiguration)} for layers behind each other, from
     *     {@link Network#of(org.deeplearning4j.nn.conf.ComputationGraphConfiguration)} for others
     */
    Network configure(ImageShape input, int classes, IUpdater updater, double l2);

    /**
     * This network with the keys of its own that stand beside {@code network.name}; one that has none is what it is. Whoever asks
     * refuses the keys that it has not read.
     *
     * @param keys the group {@code network}
     * @throws io.github.sparkcnn.UserException for a missing or wrong key
     */
    default Architecture read(Keys keys) {
        return this;
    }

    /** Whether the layers follow each other without branches. */
    default boolean isSequential() {
        return true;
    }
}
