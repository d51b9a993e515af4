package io.github.sparkcnn.kernel.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparkcnn.config.DeviceConfig.Precision;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.Minibatch;
import io.github.sparkcnn.io.Json;
import io.github.sparkcnn.kernel.Engines;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.kernel.Kernels;
import io.github.sparkcnn.kernel.MasterWeights;
import io.github.sparkcnn.kernel.RandomBatch;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.kernel.TestNetworks;
import io.github.sparkcnn.network.Network;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Products in 16 bits, of which the processor's are those of a GPU but for the order of their sums. */
class PrecisionTest {
    private static final Minibatch BATCH = RandomBatch.of(ImageShape.MNIST, 16);
    private static final int STEPS = 5;

    @BeforeAll
    static void wake() {
        Kernels.wake();
    }

    /**
     * What a run of steps leaves.
     *
     * @param losses of the steps
     * @param probabilities after them
     */
    @SuppressWarnings("ArrayRecordComponent") // compared one by one
    private record Run(double[] losses, float[] parameters, float[] probabilities) {}

    @ParameterizedTest
    @ValueSource(strings = {"fashion-cnn", "all-convolutional", "batch-norm-cnn"})
    void sixteenBitsTrainLike32(String name) {
        Run coarse = train(name, Precision.BF16);
        Run fine = train(name, Precision.FLOAT32);

        assertThat(coarse.losses).isNotEqualTo(fine.losses);
        for (int i = 0; i < STEPS; i++) {
            assertThat(coarse.losses[i]).isCloseTo(fine.losses[i], withinPercentage(2));
        }
        for (int i = 0; i < fine.probabilities.length; i++) {
            assertThat((double) coarse.probabilities[i]).isCloseTo(fine.probabilities[i], within(0.05));
        }
        Run again = train(name, Precision.BF16);
        assertThat(again.losses).isEqualTo(coarse.losses);
        assertThat(again.parameters).isEqualTo(coarse.parameters);
    }

    /** A GPU's tf32, of which a processor has the word alone. */
    @ParameterizedTest
    @CsvSource({"TF32, products in tf32", "BF16, products in bf16", "FLOAT32, "})
    void theManifestIsToldWhatIsLessThan32Bits(Precision precision, String note) throws IOException {
        try (Replica replica = open("all-convolutional", precision)) {
            JsonNode written = new ObjectMapper().readTree(Json.line(replica.backend()));

            assertThat(written.get("notes")).hasSize(note == null ? 0 : 1);
            assertThat(written.at("/notes/0").asText()).isEqualTo(note == null ? "" : note);
        }
    }

    @Test
    void parametersKeep32Bits() {
        try (Replica replica = open("fashion-cnn", Precision.BF16)) {
            MasterWeights.assertKeep32Bits(replica, BATCH, 1e-3);
        }
    }

    private static Run train(String name, Precision precision) {
        try (Replica replica = open(name, precision)) {
            double[] losses = new double[STEPS];
            for (int i = 0; i < STEPS; i++) {
                losses[i] = replica.step(BATCH, i);
            }
            float[] probabilities = new float[BATCH.size() * 10];
            replica.predict(BATCH.features(), BATCH.size(), probabilities);
            return new Run(losses, replica.read().parameters(), probabilities);
        }
    }

    private static Replica open(String name, Precision precision) {
        return Engines.open(
                Network.of(TestNetworks.named(name, 1)),
                ImageShape.MNIST,
                KernelOptions.defaults()
                        .withEngine(Engines.TORCH)
                        .withTraining()
                        .withPrecision(precision));
    }
}
