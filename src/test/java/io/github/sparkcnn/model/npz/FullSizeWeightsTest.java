package io.github.sparkcnn.model.npz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.kernel.Kernels;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.architecture.Architectures;
import io.github.sparkcnn.network.optimizer.Adam;
import io.github.sparkcnn.numpy.NpyArray;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The tutorial's network in its real size. The oracle is PyTorch: parity/make_parity.py gives the formulas and the logits. */
class FullSizeWeightsTest {

    private static final int[][] SHAPES = {
        {32, 1, 5, 5}, {32}, {64, 32, 5, 5}, {64}, {512, 1024}, {512}, {10, 512}, {10},
    };

    @Test
    void predictsWithPyTorchsWeightsWhatPyTorchPredicts() throws IOException {
        Kernels.wake();
        Network network = Architectures.build("fashion-cnn", ImageShape.MNIST, 10, new Adam(0.001, 0), 1);

        TorchWeights.load(network, TorchModules.of("fashion-cnn", network), weights(), "formula.npz");

        JsonNode expected = logits();
        INDArray probabilities = network.output(images(expected.size()));
        for (int row = 0; row < expected.size(); row++) {
            for (int i = 1; i < 10; i++) {
                double wanted = expected.get(row).get(i).asDouble()
                        - expected.get(row).get(0).asDouble();
                double difference =
                        Math.log(probabilities.getDouble(row, i)) - Math.log(probabilities.getDouble(row, 0));
                assertThat(difference).isCloseTo(wanted, within(1e-4 * Math.max(1, Math.abs(wanted))));
            }
        }
    }

    /** In PyTorch's layouts, under the names of the tutorial's modules. */
    private static Map<String, NpyArray> weights() {
        Map<String, NpyArray> weights = new LinkedHashMap<>();
        String[] modules = {"conv.0", "conv.3", "fc.0", "fc.2"};
        for (int k = 0; k < SHAPES.length; k++) {
            int[] layer = SHAPES[k - k % 2];
            int fanIn = Arrays.stream(layer).skip(1).reduce(1, (a, b) -> a * b);
            int length = Arrays.stream(SHAPES[k]).reduce(1, (a, b) -> a * b);
            float[] values = new float[length];
            for (int i = 0; i < length; i++) {
                values[i] = (float) (Math.sin(0.7919 * i + k + 1) / Math.sqrt(fanIn));
            }
            weights.put(modules[k / 2] + (k % 2 == 0 ? ".weight" : ".bias"), NpyArray.of(values, SHAPES[k]));
        }
        return weights;
    }

    private static INDArray images(int count) {
        float[] features = new float[count * 784];
        for (int i = 0; i < features.length; i++) {
            features[i] = (float) (0.5 + 0.5 * Math.sin(0.7919 * i + 0.5));
        }
        return Nd4j.create(features, new long[] {count, 1, 28, 28}, 'c');
    }

    private static JsonNode logits() throws IOException {
        try (InputStream in = FullSizeWeightsTest.class.getResourceAsStream("/parity/parity.json")) {
            for (JsonNode network : new ObjectMapper().readTree(in).get("cases")) {
                if (network.get("network").asText().equals("fashion-cnn")) {
                    return network.get("logits_before_eval_mode");
                }
            }
        }
        throw new IllegalStateException("parity.json has no fashion-cnn");
    }
}
