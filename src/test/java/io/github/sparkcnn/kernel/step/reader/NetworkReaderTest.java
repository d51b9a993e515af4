package io.github.sparkcnn.kernel.step.reader;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.kernel.Kernels;
import io.github.sparkcnn.kernel.step.UnsupportedNetwork;
import io.github.sparkcnn.network.Network;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class NetworkReaderTest {

    @Test
    void aGraphOfTwoInputsIsNoStepProgram() {
        Kernels.wake();
        Network network = Network.of(new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("left", "right")
                .addLayer("a", new DenseLayer.Builder().nOut(4).build(), "left")
                .addLayer("b", new DenseLayer.Builder().nOut(4).build(), "right")
                .addLayer(
                        "output",
                        new OutputLayer.Builder(LossFunction.MCXENT)
                                .nOut(2)
                                .activation(Activation.SOFTMAX)
                                .build(),
                        "a",
                        "b")
                .setOutputs("output")
                .setInputTypes(InputType.feedForward(3), InputType.feedForward(3))
                .build());
        network.model().init();

        assertThatThrownBy(() -> NetworkReader.read(network))
                .isInstanceOf(UnsupportedNetwork.class)
                .hasMessage("there are 2 inputs, left and right");
    }
}
