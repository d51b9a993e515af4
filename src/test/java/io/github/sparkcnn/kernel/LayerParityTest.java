package io.github.sparkcnn.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withPrecision;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.Minibatch;
import io.github.sparkcnn.network.Network;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The direct kernels, and DL4J's layers over their oneDNN helpers, against DL4J's layers without any helper: its own im2col,
 * pooling and normalisation, which know nothing of oneDNN.
 */
class LayerParityTest {

    private static final String RESIDUAL = "residual-cnn";
    private static final int IMAGES = 8;

    @BeforeAll
    static void wake() {
        Kernels.wake();
    }

    static Stream<Arguments> cases() {
        return Stream.of("fashion-cnn", "all-convolutional", "batch-norm-cnn", RESIDUAL)
                .flatMap(name -> Stream.of(Engines.ONEDNN, Engines.DL4J).map(mode -> Arguments.of(name, mode)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("cases")
    void hasTheOutputsOfPlainLayers(String name, String mode) {
        Model plain = network(name, ImageShape.MNIST);
        float[] expected = LayerHelpers.without(plain, () -> probabilities(plain, Engines.DL4J));

        assertThat(probabilities(network(name, ImageShape.MNIST), mode))
                .containsExactly(expected, withPrecision(1e-5f));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("cases")
    void hasTheGradientsOfPlainLayers(String name, String mode) {
        // Of a million ReLUs one is so near to 0 that rounding decides whether its gradient counts, for DL4J as for us:
        // small images have few.
        ImageShape shape = name.equals(RESIDUAL) ? new ImageShape(1, 12, 12) : ImageShape.MNIST;
        Model plain = network(name, shape);
        List<Layer> expected = LayerHelpers.without(plain, () -> differentiated(plain, shape, Engines.DL4J));

        List<Layer> layers = differentiated(network(name, shape), shape, mode);
        for (int i = 0; i < layers.size(); i++) {
            boolean normalized = i + 1 < layers.size() && layers.get(i + 1) instanceof BatchNormalization;
            assertSameGradients(i, normalized, LayerGradients.of(layers.get(i)), LayerGradients.of(expected.get(i)));
        }
    }

    /**
     * Each parameter by its own norm, for the dense weights' would hide all others. A bias that the normalisation behind it
     * takes away has no gradient but rounding, which is measured by the weights beside it.
     */
    private static void assertSameGradients(
            int layer, boolean normalized, Map<String, INDArray> actual, Map<String, INDArray> expected) {
        expected.forEach((name, gradient) -> {
            boolean lost = normalized && name.equals(DefaultParamInitializer.BIAS_KEY);
            INDArray scale = lost ? expected.get(DefaultParamInitializer.WEIGHT_KEY) : gradient;
            assertThat(actual.get(name).distance2(gradient))
                    .as("%s of layer %d", name, layer)
                    .isLessThan(1e-4 * scale.norm2Number().doubleValue());
        });
    }

    private static Model network(String name, ImageShape shape) {
        return name.equals(RESIDUAL) ? TestNetworks.residualCnn(shape) : TestNetworks.named(name, 1);
    }

    private static float[] probabilities(Model network, String mode) {
        float[] probabilities = new float[IMAGES * 10];
        try (Replica replica = Engines.open(Network.of(network), ImageShape.MNIST, options(mode))) {
            replica.predict(RandomBatch.of(ImageShape.MNIST, IMAGES).features(), IMAGES, probabilities);
        }
        return probabilities;
    }

    /** The layers with a minibatch's gradient in them. */
    private static List<Layer> differentiated(Model network, ImageShape shape, String mode) {
        Minibatch batch = RandomBatch.of(shape, IMAGES);
        if (mode.equals(Engines.ONEDNN)) {
            try (Replica replica = Engines.open(Network.of(network), shape, options(mode))) {
                replica.step(batch, 0);
            }
        } else {
            differentiate(network, batch, shape);
        }
        return Network.of(network).layers();
    }

    /** Not by a step, for DL4J's updater overwrites the gradient with the update. */
    private static void differentiate(Model network, Minibatch batch, ImageShape shape) {
        long[] dims = {batch.size(), shape.channels(), shape.height(), shape.width()};
        INDArray images = Nd4j.create(batch.features(), dims, 'c');
        INDArray labels = Nd4j.zeros(batch.size(), 10);
        for (int i = 0; i < batch.size(); i++) {
            labels.putScalar(i, batch.labels()[i], 1);
        }
        if (network instanceof ComputationGraph graph) {
            graph.setInputs(images);
            graph.setLabels(labels);
            graph.computeGradientAndScore();
        } else {
            MultiLayerNetwork sequential = (MultiLayerNetwork) network;
            sequential.setInput(images);
            sequential.setLabels(labels);
            sequential.computeGradientAndScore();
        }
    }

    private static KernelOptions options(String mode) {
        return KernelOptions.defaults().withEngine(mode);
    }
}
