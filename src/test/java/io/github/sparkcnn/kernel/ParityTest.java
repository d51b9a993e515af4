package io.github.sparkcnn.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.Minibatch;
import io.github.sparkcnn.kernel.update.UpdateRule;
import io.github.sparkcnn.network.Network;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The three networks against PyTorch: parity.json, which make_parity.py beside it regenerates. */
class ParityTest {

    private static final String FREE_BIASES = "batch-norm-cnn";
    /** batch-norm-cnn with its convolutions' biases left alone, whose gradients are nothing but rounding. */
    private static final String FIXED_BIASES = "batch-norm-cnn-fixed-biases";

    @BeforeAll
    static void wake() {
        Kernels.wake();
    }

    static Stream<Arguments> cases() {
        return cases(reference());
    }

    private static Stream<Arguments> cases(JsonNode reference) {
        return Stream.of("fashion-cnn", "all-convolutional", "batch-norm-cnn", FIXED_BIASES)
                .flatMap(name -> Stream.of(Engines.ONEDNN, Engines.DL4J, Engines.TORCH)
                        .map(mode -> Arguments.of(name, mode, find(reference, name))));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("cases")
    void equalsPyTorch(String name, String mode, JsonNode expected) {
        int size = expected.get("batch").asInt();
        boolean normalized = name.startsWith(FREE_BIASES);
        MultiLayerNetwork network = TestNetworks.named(normalized ? FREE_BIASES : name, 1);
        FormulaNetwork.fill(network);
        List<NormalizedBias> biases = normalized
                ? List.of(new NormalizedBias(network, "0_b", "1_mean"), new NormalizedBias(network, "4_b", "5_mean"))
                : List.of();
        Minibatch batch = FormulaNetwork.batch(size);
        KernelOptions options = KernelOptions.defaults().withEngine(mode).withRule(UpdateRule.PYTORCH);
        try (Replica replica = Engines.open(Network.of(network), ImageShape.MNIST, options)) {
            assertLogits(replica, batch, expected.get("logits_before_eval_mode"), 1e-4);
            List<JsonNode> losses = elements(expected.get("losses"));
            for (int step = 0; step < losses.size(); step++) {
                double loss = losses.get(step).asDouble();
                biases.forEach(NormalizedBias::beforeStep);
                assertThat(replica.step(batch, step)).isCloseTo(loss, within(loss * (step == 0 ? 1e-4 : 1e-3)));
                replica.publish();
                if (name.equals(FIXED_BIASES)) {
                    biases.forEach(NormalizedBias::restore);
                    replica.refresh();
                }
            }
            if (normalized) {
                unbias(network, "1_log10stdev", size * 28 * 28, losses.size());
                unbias(network, "5_log10stdev", size * 14 * 14, losses.size());
            }
            biases.forEach(NormalizedBias::takeOut);
            replica.refresh();
            JsonNode withoutNoise = name.equals(FREE_BIASES) ? find(reference(), FIXED_BIASES) : expected;
            assertLogits(replica, batch, withoutNoise.get("logits_after_eval_mode"), normalized ? 1e-4 : 1e-3);
        }
    }

    /**
     * A bias before a batch normalisation, which no output in training depends on: its gradient is rounding, which Adam turns into
     * steps of the full rate in directions that differ from processor to processor, and the running mean follows late. What it
     * added to the running mean is known to the step, so it can be taken out again: the logits are then those of a network
     * whose bias was never trained.
     */
    private static final class NormalizedBias {
        private static final double DECAY = 0.9;

        private final INDArray bias;
        private final INDArray runningMean;
        private final INDArray start;
        private final INDArray inRunningMean;

        NormalizedBias(MultiLayerNetwork network, String bias, String runningMean) {
            this.bias = network.getParam(bias);
            this.runningMean = network.getParam(runningMean);
            this.start = this.bias.dup();
            this.inRunningMean = Nd4j.zeros(start.shape());
        }

        void beforeStep() {
            inRunningMean.muli(DECAY).addi(bias.sub(start).muli(1 - DECAY));
        }

        void restore() {
            bias.assign(start);
        }

        void takeOut() {
            runningMean.subi(inRunningMean);
            bias.assign(start);
        }
    }

    /** PyTorch keeps the unbiased running variance, DL4J the biased one: the minibatches' part differs by n/(n-1). */
    private static void unbias(MultiLayerNetwork network, String key, int n, int steps) {
        INDArray deviation = network.getParam(key);
        double start = Math.pow(0.9, steps);
        for (int i = 0; i < deviation.length(); i++) {
            double variance = Math.pow(10, 2 * deviation.getDouble(i));
            double unbiased = start + (variance - start) * n / (n - 1.0);
            deviation.putScalar(i, 0.5 * Math.log10(unbiased));
        }
    }

    /** Probabilities determine logits up to a constant: differences of their logarithms are compared. */
    private static void assertLogits(Replica replica, Minibatch batch, JsonNode expected, double tolerance) {
        float[] probabilities = new float[batch.size() * 10];
        replica.predict(batch.features(), batch.size(), probabilities);
        for (int row = 0; row < expected.size(); row++) {
            for (int i = 1; i < 10; i++) {
                double magnitude = Math.max(
                        1,
                        Math.abs(expected.get(row).get(i).asDouble())
                                + Math.abs(expected.get(row).get(0).asDouble()));
                double difference = Math.log(probabilities[row * 10 + i]) - Math.log(probabilities[row * 10]);
                double wanted = expected.get(row).get(i).asDouble()
                        - expected.get(row).get(0).asDouble();
                assertThat(difference).isCloseTo(wanted, within(tolerance * magnitude));
            }
        }
    }

    private static JsonNode reference() {
        try (InputStream in = ParityTest.class.getResourceAsStream("/parity/parity.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException("/parity/parity.json", e);
        }
    }

    private static JsonNode find(JsonNode reference, String name) {
        return elements(reference.get("cases")).stream()
                .filter(c -> c.get("network").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<JsonNode> elements(JsonNode array) {
        return Stream.iterate(0, i -> i < array.size(), i -> i + 1)
                .map(array::get)
                .toList();
    }
}
