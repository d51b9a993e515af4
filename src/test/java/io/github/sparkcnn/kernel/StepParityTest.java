package io.github.sparkcnn.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.Minibatch;
import io.github.sparkcnn.kernel.update.GradientClipping;
import io.github.sparkcnn.network.Network;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Class weights and gradient clipping against PyTorch: steps.json, which make_steps.py beside it regenerates. */
class StepParityTest {

    private static final int BATCH = 32;

    @BeforeAll
    static void wake() {
        Kernels.wake();
    }

    static Stream<Arguments> cases() throws IOException {
        JsonNode cases;
        try (InputStream in = StepParityTest.class.getResourceAsStream("/parity/steps.json")) {
            cases = new ObjectMapper().readTree(in).get("cases");
        }
        return StreamSupport.stream(cases.spliterator(), false)
                .flatMap(expected -> Stream.of(Engines.ONEDNN, Engines.DL4J, Engines.TORCH)
                        .map(mode -> Arguments.of(title(expected), mode, expected)));
    }

    private static String title(JsonNode expected) {
        return expected.get("network").asText() + " weights " + expected.get("weights") + " norm "
                + expected.get("norm") + " value " + expected.get("value");
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("cases")
    void hasPyTorchsLosses(String title, String mode, JsonNode expected) {
        String name = expected.get("network").asText();
        MultiLayerNetwork network = TestNetworks.named(name, 1);
        FormulaNetwork.fill(network);
        KernelOptions options = KernelOptions.defaults()
                .withEngine(mode)
                .withWeights(new ClassWeights(numbers(expected.get("weights"))))
                .withClipping(clipping(expected));
        Minibatch batch = FormulaNetwork.batch(BATCH);
        try (Replica replica = Engines.open(Network.of(network), ImageShape.MNIST, options)) {
            for (double loss : numbers(expected.get("losses"))) {
                double tolerance = name.equals("batch-norm-cnn") ? 1e-3 * loss : 1e-5;
                assertThat(replica.step(batch, 0)).as(title).isCloseTo(loss, within(tolerance));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {Engines.ONEDNN, Engines.DL4J, Engines.TORCH})
    void theNormLeavesOutRunningStatistics(String mode) {
        MultiLayerNetwork free = stepped(mode, GradientClipping.NONE);
        // PyTorch's norm of this gradient is 12.6774: the case of batch-norm-cnn without weights.
        MultiLayerNetwork untouched = stepped(mode, GradientClipping.byNorm(12.69));
        MultiLayerNetwork clipped = stepped(mode, GradientClipping.byNorm(1e-9));

        // Adam's first step is the same however the gradient is scaled; its state is not.
        assertThat(state(untouched)).isEqualTo(state(free));
        assertThat(state(stepped(mode, GradientClipping.byNorm(12.66)))).isNotEqualTo(state(free));
        for (String statistics : List.of("1_mean", "1_log10stdev", "5_mean")) {
            assertThat(clipped.getParam(statistics)).isEqualTo(free.getParam(statistics));
        }
        assertThat(clipped.getParam("1_gamma")).isNotEqualTo(free.getParam("1_gamma"));
    }

    @Test
    void equalWeightsAreNoWeights() {
        ClassWeights sevens = new ClassWeights(Collections.nCopies(10, 7.0));

        assertThat(sevens.in(new int[] {0, 3, 9, 9}, 3)).containsOnly(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {Engines.ONEDNN, Engines.DL4J, Engines.TORCH})
    void aSingleImageWeighsNothingAgainstItself(String mode) {
        ClassWeights weights = new ClassWeights(
                IntStream.range(1, 11).mapToObj(i -> (double) i).toList());
        KernelOptions options = KernelOptions.defaults().withEngine(mode);
        Minibatch one = FormulaNetwork.batch(1);
        try (Replica weighted = Engines.open(Network.of(network()), ImageShape.MNIST, options.withWeights(weights));
                Replica plain = Engines.open(Network.of(network()), ImageShape.MNIST, options)) {
            assertThat(weighted.step(one, 0)).isEqualTo(plain.step(one, 0));
            assertThat(weighted.step(one, 0)).isEqualTo(plain.step(one, 0));
        }
    }

    private static MultiLayerNetwork network() {
        return TestNetworks.named("all-convolutional", 1);
    }

    private static MultiLayerNetwork stepped(String mode, GradientClipping clipping) {
        MultiLayerNetwork network = TestNetworks.named("batch-norm-cnn", 1);
        FormulaNetwork.fill(network);
        KernelOptions options = KernelOptions.defaults().withEngine(mode).withClipping(clipping);
        try (Replica replica = Engines.open(Network.of(network), ImageShape.MNIST, options)) {
            replica.step(FormulaNetwork.batch(BATCH), 0);
            replica.publish();
        }
        return network;
    }

    private static float[] state(MultiLayerNetwork network) {
        return network.getUpdater().getStateViewArray().toFloatVector();
    }

    private static GradientClipping clipping(JsonNode expected) {
        if (expected.get("norm").isNumber()) {
            return GradientClipping.byNorm(expected.get("norm").asDouble());
        }
        return expected.get("value").isNumber()
                ? GradientClipping.byValue(expected.get("value").asDouble())
                : GradientClipping.NONE;
    }

    private static List<Double> numbers(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asDouble)
                .toList();
    }
}
