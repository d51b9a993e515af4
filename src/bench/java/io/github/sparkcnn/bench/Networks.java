package io.github.sparkcnn.bench;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.architecture.Architectures;
import io.github.sparkcnn.network.definition.OwnNetwork;
import io.github.sparkcnn.network.optimizer.Adam;
import io.github.sparkcnn.network.optimizer.Optimizer;
import io.github.sparkcnn.network.optimizer.Sgd;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/** The project's networks, with the optimizers that pytorch_peer.py gives its own. */
public final class Networks {

    public static final int CLASSES = 10;
    public static final List<String> NAMES =
            List.of("fashion-cnn", "all-convolutional", "batch-norm-cnn", "residual-cnn");

    private static final List<String> BY_SGD = List.of("all-convolutional", "residual-cnn");

    private Networks() {}

    /** The same optimizer, as keys of a run. */
    static List<String> settings(String name) {
        return BY_SGD.contains(name)
                ? List.of("training.optimizer={name = sgd, learning-rate = 0.1, momentum = 0.9}")
                : List.of("training.optimizer={name = adam, learning-rate = 0.001}");
    }

    /** For grey images of 28×28. */
    public static Network named(String name) {
        return named(name, ImageShape.MNIST);
    }

    /** Or of a file of Deeplearning4j's JSON, which brings its own optimizers. */
    static Network named(String name, ImageShape images) {
        if (name.endsWith(".json")) {
            return defined(Path.of(name), images);
        }
        Optimizer optimizer = BY_SGD.contains(name) ? new Sgd(0.1, 0.9, 0) : new Adam(1e-3, 0);
        return Architectures.build(name, images, CLASSES, optimizer, 1);
    }

    private static Network defined(Path file, ImageShape images) {
        try (InputStream json = Files.newInputStream(file)) {
            return OwnNetwork.read("measure " + file, json)
                    .fit(images, OptionalInt.of(CLASSES), 1)
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }
}
