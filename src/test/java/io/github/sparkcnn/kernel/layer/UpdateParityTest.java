package io.github.sparkcnn.kernel.layer;

import io.github.sparkcnn.kernel.Kernels;
import io.github.sparkcnn.kernel.TestNetworks;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;

/** What a user's layers say of their update, each of a layer of its own kind: it is done, by whomever. */
class UpdateParityTest {

    @BeforeAll
    static void wake() {
        Kernels.wake();
    }

    static Stream<LayerCase> updates() {
        return Stream.of(
                of(
                        "an updater of its own",
                        convolution().updater(new RmsProp(0.001)).build()),
                of(
                        "updaters of two kinds",
                        convolution().updater(new Adam(0.001)).build()),
                of(
                        "an updater of the bias",
                        convolution().biasUpdater(new Sgd(0.01)).build()),
                of("l1", convolution().l1(0.01).build()),
                of("l2", convolution().l2(0.1).l2Bias(0.1).build()),
                of("weight decay", convolution().weightDecay(0.1).build()),
                of("l2 of a depthwise convolution", depthwise().l2(0.1).build()),
                of(
                        "an updater of a separable convolution's bias",
                        separable().biasUpdater(new Sgd(0.01)).build()),
                of(
                        "norm of the layer's gradient",
                        convolution()
                                .gradientNormalization(GradientNormalization.ClipL2PerLayer)
                                .gradientNormalizationThreshold(0.5)
                                .build()),
                of(
                        "norm of each parameter's gradient",
                        depthwise()
                                .gradientNormalization(GradientNormalization.RenormalizeL2PerParamType)
                                .build()),
                of(
                        "largest norm",
                        new DenseLayer.Builder()
                                .nOut(8)
                                .activation(Activation.TANH)
                                .constrainWeights(new MaxNormConstraint(0.5, 1))
                                .build()));
    }

    @ParameterizedTest
    @MethodSource("updates")
    void isThatOfDeeplearning4j(LayerCase update) {
        LayerParity.assertTrains(update);
    }

    private static LayerCase of(String name, Layer layer) {
        return LayerCase.chain(
                name,
                LayerCase.ODD,
                TestNetworks.convolution(3, 1, 1, 4).activation(Activation.TANH).build(),
                layer);
    }

    private static ConvolutionLayer.Builder convolution() {
        return new ConvolutionLayer.Builder(3, 3).nOut(4).activation(Activation.TANH);
    }

    private static DepthwiseConvolution2D.Builder depthwise() {
        return new DepthwiseConvolution2D.Builder(3, 3).activation(Activation.TANH);
    }

    private static SeparableConvolution2D.Builder separable() {
        return new SeparableConvolution2D.Builder(3, 3).nOut(4).activation(Activation.TANH);
    }
}
