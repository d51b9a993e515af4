package io.github.sparkcnn.network.architecture;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.network.Network;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * A small residual network for images of any size: four basic blocks of 32, 64, 64 and 128 maps, which halve the image twice.
 * 382,058 parameters on one channel and ten classes, and 1,600 running statistics.
 */
public final class ResidualCnn implements Architecture {

    @Override
    public String name() {
        return "residual-cnn";
    }

    @Override
    public boolean isSequential() {
        return false;
    }

    @Override
    public Network configure(ImageShape input, int classes, IUpdater updater, double l2) {
        return new ResidualBlocks(input, updater, l2, 32)
                .add("block1", 1, 32)
                .add("block2", 2, 64)
                .add("block3", 1, 64)
                .add("block4", 2, 128)
                .classify(classes);
    }
}
