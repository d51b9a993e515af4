package io.github.sparkcnn.bench;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.architecture.Architectures;
import io.github.sparkcnn.network.optimizer.Adam;
import io.github.sparkcnn.network.optimizer.Optimizer;
import io.github.sparkcnn.network.optimizer.Sgd;
import java.util.List;

/** The project's networks, with the optimizers that pytorch_peer.py gives its own. */
final class Networks {

    static final int CLASSES = 10;
    static final List<String> NAMES = List.of("fashion-cnn", "all-convolutional", "batch-norm-cnn", "residual-cnn");

    private static final List<String> BY_SGD = List.of("all-convolutional", "residual-cnn");

    private Networks() {}

    /** For grey images of 28×28. */
    static Network named(String name) {
        return named(name, ImageShape.MNIST);
    }

    static Network named(String name, ImageShape images) {
        Optimizer optimizer = BY_SGD.contains(name) ? new Sgd(0.1, 0.9, 0) : new Adam(1e-3, 0);
        return Architectures.build(name, images, CLASSES, optimizer, 1);
    }
}
