package io.github.sparkcnn.kernel.layer;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.kernel.Kernels;
import io.github.sparkcnn.kernel.TestNetworks;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationHardSigmoid;
import org.nd4j.linalg.activations.impl.ActivationHardTanH;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationMish;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU6;
import org.nd4j.linalg.activations.impl.ActivationSELU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationTanH;

/** Every activation: of a convolution, as a layer behind a dropout and before a pooling, of a dense layer. */
class ActivationParityTest {

    @BeforeAll
    static void wake() {
        Kernels.wake();
    }

    static Stream<LayerCase> activations() {
        List<IActivation> functions = List.of(
                new ActivationIdentity(),
                new ActivationReLU(),
                new ActivationReLU(null, null, 0.2),
                new ActivationReLU(1.5, null, null),
                new ActivationReLU(1.5, null, 0.1),
                new ActivationReLU6(),
                new ActivationLReLU(),
                new ActivationLReLU(0.3),
                new ActivationELU(),
                new ActivationSELU(),
                new ActivationSigmoid(),
                new ActivationTanH(),
                new ActivationHardTanH(),
                new ActivationSwish(),
                new ActivationMish(),
                new ActivationHardSigmoid(),
                new ActivationGELU(),
                new ActivationSoftPlus());
        return functions.stream().map(ActivationParityTest::everywhere);
    }

    @ParameterizedTest
    @MethodSource("activations")
    void isThatOfDeeplearning4j(LayerCase activation) {
        LayerParity.assertHolds(activation);
    }

    /** The others' numbers are too small for its bound. */
    @Test
    void isBoundedBySix() {
        LayerParity.assertHolds(LayerCase.chain(
                "relu6",
                new ImageShape(1, 14, 14),
                convolution(new ActivationReLU(), 32),
                convolution(new ActivationReLU6(), 6),
                new GlobalPoolingLayer(PoolingType.AVG)));
    }

    private static ConvolutionLayer convolution(IActivation function, int outputs) {
        return new ConvolutionLayer.Builder(5, 5)
                .nOut(outputs)
                .activation(function)
                .build();
    }

    private static LayerCase everywhere(IActivation function) {
        return LayerCase.chain(
                function.toString(),
                new ImageShape(1, 12, 10),
                new ConvolutionLayer.Builder(3, 3)
                        .nOut(6)
                        .hasBias(false)
                        .activation(function)
                        .build(),
                new ConvolutionLayer.Builder(3, 3)
                        .nOut(5)
                        .activation(new ActivationIdentity())
                        .build(),
                new ActivationLayer(function),
                TestNetworks.maxPool(),
                new DenseLayer.Builder().nOut(12).activation(function).build());
    }
}
