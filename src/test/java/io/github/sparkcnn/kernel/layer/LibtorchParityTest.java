package io.github.sparkcnn.kernel.layer;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.kernel.Engines;
import io.github.sparkcnn.kernel.Kernels;
import io.github.sparkcnn.kernel.TestNetworks;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.architecture.Architectures;
import io.github.sparkcnn.network.optimizer.Sgd;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** libtorch computes what oneDNN computes: every layer, activation, vertex, loss and optimizer that the two have, and every network. */
class LibtorchParityTest {
    private static final String LAYERS = "io.github.sparkcnn.kernel.layer.";

    @BeforeAll
    static void wake() {
        Kernels.wake();
    }

    @ParameterizedTest
    @MethodSource({
        LAYERS + "LayerKindParityTest#convolutions",
        LAYERS + "LayerKindParityTest#others",
        LAYERS + "ActivationParityTest#activations",
        LAYERS + "GraphParityTest#graphs",
        LAYERS + "GraphParityTest#chains",
        LAYERS + "HeadParityTest#heads",
        LAYERS + "UpdateParityTest#updates"
    })
    void agreesWithOneDnn(LayerCase layer) {
        LayerParity.assertAgree(layer, Engines.TORCH, Engines.ONEDNN, 1e-3);
    }

    /** Without the dropout, whose masks are each engine's own. */
    @ParameterizedTest
    @ValueSource(strings = {"fashion-cnn", "all-convolutional"})
    void agreesWithOneDnnOnTheNetworksOfGreyPictures(String name) {
        LayerCase network = new LayerCase(name, ImageShape.MNIST, TestNetworks.named(name, 1));
        LayerParity.assertAgree(network, Engines.TORCH, Engines.ONEDNN, 1e-3);
    }

    /**
     * In small steps, and with more tolerance: of so many numbers some lie where a rounding carries a ReLU over its kink, and a
     * normalisation over five images makes much of little.
     */
    @ParameterizedTest
    @ValueSource(strings = {"batch-norm-cnn", "residual-cnn", "resnet", "mobilenet"})
    void agreesWithOneDnnOnTheNetworksThatNormalize(String name) {
        ImageShape shape = new ImageShape(3, 32, 32);
        Network network = Architectures.build(name, shape, 10, new Sgd(1e-4, 0.9, 1e-3), 7);
        LayerParity.assertAgree(new LayerCase(name, shape, network.model()), Engines.TORCH, Engines.ONEDNN, 2e-2);
    }
}
