package io.github.sparkcnn.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PixelScale;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.onnx.OnnxDescription;
import io.github.sparkcnn.onnx.OnnxExport;
import io.github.sparkcnn.onnx.OnnxInput;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.factory.Nd4j;

class OnnxScorerTest {
    private static final ImageShape TWO_PIXELS = new ImageShape(1, 1, 2);

    @Test
    void scoresUnsignedBytesAsTheFormulaSays() {
        try (Scorer scorer = new OnnxScorer(model(OnnxInput.PIXELS), 0, 4)) {
            float[] probabilities = new float[4];

            scorer.score(new byte[] {(byte) 255, 0, (byte) 51, (byte) 204}, 2, probabilities);

            // The weights are the identity: softmax(x / 255).
            assertThat(probabilities[0]).isCloseTo(softmax(1, 0), within(1e-6f));
            assertThat(probabilities[1]).isCloseTo(softmax(0, 1), within(1e-6f));
            assertThat(probabilities[2]).isCloseTo(softmax(0.2, 0.8), within(1e-6f));
        }
    }

    @Test
    void leavesTheRestOfALongerArrayAlone() {
        try (Scorer scorer = new OnnxScorer(model(OnnxInput.PIXELS), 0, 4)) {
            float[] probabilities = {9, 9, 9, 9};

            scorer.score(new byte[8], 1, probabilities);

            assertThat(probabilities).containsExactly(0.5f, 0.5f, 9, 9);
        }
    }

    @Test
    void opensAModelOncePerJvm() {
        assertThat(OnnxModelCache.shared(model(OnnxInput.PIXELS), 0))
                .isSameAs(OnnxModelCache.shared(model(OnnxInput.PIXELS), 0));
    }

    @Test
    void refusesAModelThatDoesNotNormalise() {
        assertThatThrownBy(() -> new OnnxScorer(model(OnnxInput.IMAGE), 0, 1))
                .hasMessageContaining("normalised images");
    }

    private static float softmax(double own, double other) {
        return (float) (Math.exp(own) / (Math.exp(own) + Math.exp(other)));
    }

    private static byte[] model(OnnxInput input) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(new OutputLayer.Builder()
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(1, 2, 1))
                .build());
        network.init();
        network.setParam("0_W", Nd4j.eye(2));
        OnnxDescription description =
                new OnnxDescription("identity", List.of("a", "b"), TWO_PIXELS, PixelScale.UNIT, "1");
        return OnnxExport.encode(Network.of(network), description, input);
    }
}
