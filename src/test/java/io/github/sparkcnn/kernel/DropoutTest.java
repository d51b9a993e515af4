package io.github.sparkcnn.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.network.Network;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The masks of the direct kernels. DL4J draws others, so what they must do is the oracle, and not what DL4J's do. */
class DropoutTest {

    private static final KernelOptions DIRECT = KernelOptions.defaults().withEngine(Engines.ONEDNN);

    @BeforeAll
    static void wake() {
        Kernels.wake();
    }

    @Test
    void drawsTheSameMasksFromTheSameSeeds() {
        MultiLayerNetwork first = TestNetworks.named("fashion-cnn", 0.7);
        MultiLayerNetwork second = first.clone();

        assertThat(meanLoss(first, 3)).isEqualTo(meanLoss(second, 3));
        assertThat(first.params()).isEqualTo(second.params());
    }

    @Test
    void drawsOtherMasksFromOtherSeeds() {
        assertThat(firstLoss(0.7, 1)).isNotEqualTo(firstLoss(0.7, 2));
        assertThat(firstLoss(1, 1)).isEqualTo(firstLoss(1, 2));
    }

    /** The weights of an input that was dropped have no gradient from the one image there is. */
    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.7, 0.9})
    void passesTheRetainedShareOn(double retain) {
        double passed = inputsWithGradient(retain);

        assertThat(passed / inputsWithGradient(1)).isCloseTo(retain, within(0.05));
    }

    @Test
    void keepsTheExpectedLoss() {
        MultiLayerNetwork network = TestNetworks.named("fashion-cnn", 0.7);
        network.setLearningRate(0);
        MultiLayerNetwork undropped = TestNetworks.named("fashion-cnn", 1);
        undropped.setParams(network.params());
        undropped.setLearningRate(0);

        assertThat(meanLoss(network, 20)).isCloseTo(meanLoss(undropped, 1), within(0.02));
    }

    private static double meanLoss(MultiLayerNetwork network, int steps) {
        double sum = 0;
        try (Replica replica = Engines.open(Network.of(network), ImageShape.MNIST, DIRECT)) {
            for (int step = 0; step < steps; step++) {
                sum += replica.step(FormulaNetwork.batch(16), step);
            }
        }
        return sum / steps;
    }

    private static double firstLoss(double retain, long seed) {
        try (Replica replica =
                Engines.open(Network.of(TestNetworks.named("fashion-cnn", retain)), ImageShape.MNIST, DIRECT)) {
            return replica.step(FormulaNetwork.batch(16), seed);
        }
    }

    private static int inputsWithGradient(double retain) {
        MultiLayerNetwork network = new MultiLayerNetwork(TestNetworks.builder(new Sgd(0.1))
                .list()
                .layer(TestNetworks.convolution(5, 2, 0, 32)
                        .activation(Activation.RELU)
                        .build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(10)
                        .activation(Activation.SOFTMAX)
                        .dropOut(retain)
                        .build())
                .setInputType(InputType.convolutional(28, 28, 1))
                .build());
        network.init();
        try (Replica replica = Engines.open(Network.of(network), ImageShape.MNIST, DIRECT)) {
            replica.step(FormulaNetwork.batch(1), 0);
        }
        INDArray gradient = LayerGradients.of(network.getOutputLayer()).get(DefaultParamInitializer.WEIGHT_KEY);
        return gradient.norm2(1).gt(0).castTo(DataType.INT32).sumNumber().intValue();
    }
}
