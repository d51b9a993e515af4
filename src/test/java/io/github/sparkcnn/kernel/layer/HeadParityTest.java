package io.github.sparkcnn.kernel.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.kernel.ClassWeights;
import io.github.sparkcnn.kernel.Engines;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.kernel.Kernels;
import io.github.sparkcnn.network.Network;
import java.util.Collections;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.linalg.lossfunctions.impl.LossNegativeLogLikelihood;

/** The ends of networks: loss, probabilities and gradients. */
class HeadParityTest {

    @BeforeAll
    static void wake() {
        Kernels.wake();
    }

    static Stream<LayerCase> heads() {
        return Stream.of(
                head("likelihood", new LossNegativeLogLikelihood(), Activation.SOFTMAX),
                head("weighed cross-entropy", new LossMCXENT(weights()), Activation.SOFTMAX),
                head("binary cross-entropy", new LossBinaryXENT(), Activation.SIGMOID),
                head("weighed binary cross-entropy", new LossBinaryXENT(weights()), Activation.SIGMOID),
                head("clipped binary cross-entropy", new LossBinaryXENT(0.2), Activation.SIGMOID),
                head("squared error", new LossMSE(), Activation.IDENTITY),
                head("weighed squared error", new LossMSE(weights()), Activation.IDENTITY),
                head("squared error of sigmoids", new LossMSE(), Activation.SIGMOID),
                head("squared error of a softmax", new LossMSE(), Activation.SOFTMAX),
                // Not of sigmoids: DL4J's loss layer takes its score from values that their derivative has replaced.
                LayerCase.exactly(
                        "loss layer",
                        LayerCase.ODD,
                        convolution(10),
                        new GlobalPoolingLayer(PoolingType.AVG),
                        new LossLayer.Builder(new LossMSE())
                                .activation(Activation.IDENTITY)
                                .build()));
    }

    @ParameterizedTest
    @MethodSource("heads")
    void isThatOfDeeplearning4j(LayerCase head) {
        LayerParity.assertHolds(head);
    }

    /** What a class weighs in a squared error no layer of DL4J's says. */
    @ParameterizedTest
    @ValueSource(strings = {Engines.AUTO, Engines.ONEDNN, Engines.DL4J})
    void weighsClassesInTheCrossEntropyOnly(String engine) {
        LayerCase squared = head("squared error", new LossMSE(), Activation.SIGMOID);
        KernelOptions options =
                KernelOptions.defaults().withEngine(engine).withWeights(new ClassWeights(Collections.nCopies(10, 2.0)));

        assertThatThrownBy(() -> Engines.open(Network.of(squared.copy()), squared.images(), options))
                .isInstanceOf(UserException.class)
                .satisfies(e -> assertThat(e.getMessage()).contains("weigh"));
    }

    private static LayerCase head(String name, ILossFunction loss, Activation activation) {
        return LayerCase.exactly(
                name,
                LayerCase.ODD,
                convolution(4),
                new OutputLayer.Builder(loss).nOut(10).activation(activation).build());
    }

    private static ConvolutionLayer convolution(int outputs) {
        return new ConvolutionLayer.Builder(3, 3)
                .nOut(outputs)
                .activation(Activation.TANH)
                .build();
    }

    private static INDArray weights() {
        return Nd4j.linspace(0.5, 1.4, 10, DataType.FLOAT).reshape(1, 10);
    }
}
