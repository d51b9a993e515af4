package io.github.sparkcnn.kernel.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.sparkcnn.config.DeviceConfig.Precision;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.Minibatch;
import io.github.sparkcnn.kernel.Bfloat16Processor;
import io.github.sparkcnn.kernel.Engines;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.kernel.MasterWeights;
import io.github.sparkcnn.kernel.RandomBatch;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.architecture.Architectures;
import io.github.sparkcnn.network.optimizer.Sgd;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Products in bf16 beside those in float32. A number of bf16 has 8 significant bits: rounding it errs by 2⁻⁹ at most, 0.2 %, and every
 * value, weight and gradient is rounded once. As often up as down: over the layers of a network (√20 of them) and five steps that is
 * 1 %, and the bound here is 2. For fashion-cnn it has to cover dropout too, whose masks lie on memory: in bf16 oneDNN lays pixels'
 * channels side by side, so that other values are dropped.
 */
class Bfloat16ReplicaTest {
    private static final int STEPS = 5;
    private static final int BATCH = 16;

    @BeforeEach
    void processor() {
        Bfloat16Processor.assume();
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
    @CsvSource({
        "fashion-cnn, 1x28x28",
        "all-convolutional, 1x28x28",
        "batch-norm-cnn, 1x28x28",
        "residual-cnn, 1x28x28",
        "mobilenet, 3x32x32",
        "resnet, 3x32x32"
    })
    void trainsLike32Bits(String name, String images) {
        ImageShape shape = ImageShape.parse(images);
        Run coarse = train(name, shape, Precision.BF16);
        Run fine = train(name, shape, Precision.FLOAT32);
        assertThat(coarse.losses).isNotEqualTo(fine.losses);
        for (int i = 0; i < STEPS; i++) {
            assertThat(coarse.losses[i]).as("step %d", i).isCloseTo(fine.losses[i], withinPercentage(2));
        }
        for (int i = 0; i < fine.probabilities.length; i++) {
            assertThat((double) coarse.probabilities[i]).isCloseTo(fine.probabilities[i], within(0.05));
        }
        Run again = train(name, shape, Precision.BF16);
        assertThat(again.losses).isEqualTo(coarse.losses);
        assertThat(again.parameters).isEqualTo(coarse.parameters);
        assertThat(again.probabilities).isEqualTo(coarse.probabilities);
    }

    @Test
    void parametersKeep32Bits() {
        Minibatch batch = RandomBatch.of(ImageShape.MNIST, BATCH);
        try (Replica replica = open("fashion-cnn", ImageShape.MNIST, Precision.BF16)) {
            MasterWeights.assertKeep32Bits(replica, batch, 1e-4);
        }
    }

    /** All that lasts from step to step is in the state, of 32 bits: what another replica takes over goes on as it would have. */
    @Test
    void aReplicaGoesOnWhereAnotherStopped() {
        Minibatch batch = RandomBatch.of(ImageShape.MNIST, BATCH);
        try (Replica whole = open("batch-norm-cnn", ImageShape.MNIST, Precision.BF16);
                Replica first = open("batch-norm-cnn", ImageShape.MNIST, Precision.BF16);
                Replica second = open("batch-norm-cnn", ImageShape.MNIST, Precision.BF16)) {
            first.step(batch, 0);
            second.write(first.read());
            second.step(batch, 1);
            whole.step(batch, 0);
            whole.step(batch, 1);
            assertThat(second.read().parameters()).isEqualTo(whole.read().parameters());
        }
    }

    private static Run train(String name, ImageShape shape, Precision precision) {
        Minibatch batch = RandomBatch.of(shape, BATCH);
        try (Replica replica = open(name, shape, precision)) {
            double[] losses = new double[STEPS];
            for (int i = 0; i < STEPS; i++) {
                losses[i] = replica.step(batch, i);
            }
            float[] probabilities = new float[BATCH * 10];
            replica.predict(batch.features(), BATCH, probabilities);
            return new Run(losses, replica.read().parameters(), probabilities);
        }
    }

    private static Replica open(String name, ImageShape shape, Precision precision) {
        Network network = Architectures.build(name, shape, 10, new Sgd(0.01, 0.9, 0), 7);
        return Engines.open(
                network,
                shape,
                KernelOptions.defaults()
                        .withEngine(Engines.ONEDNN)
                        .withTraining()
                        .withPrecision(precision));
    }
}
