package io.github.sparkcnn.kernel.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparkcnn.image.Minibatch;
import io.github.sparkcnn.kernel.Engines;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.kernel.Kernels;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.network.Network;
import java.util.Arrays;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.dropout.AlphaDropout;
import org.deeplearning4j.nn.conf.dropout.GaussianDropout;
import org.deeplearning4j.nn.conf.dropout.GaussianNoise;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.dropout.SpatialDropout;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * DL4J's other dropouts. It draws other numbers, so that what is compared is the loss over many seeds, and the gradient with the
 * loss's own differences for one seed.
 */
class NoiseTest {
    private static final Minibatch BATCH = LayerParity.batch(LayerCase.ODD);
    private static final int SEEDS = 60;

    @BeforeAll
    static void wake() {
        Kernels.wake();
    }

    static Stream<LayerCase> noises() {
        return Stream.of(
                of(new SpatialDropout(0.7)),
                of(new AlphaDropout(0.8)),
                of(new GaussianDropout(0.2)),
                of(new GaussianNoise(0.4)));
    }

    static Stream<LayerCase> silences() {
        return Stream.of(
                of(new SpatialDropout(1)),
                of(new AlphaDropout(1)),
                of(new GaussianDropout(0)),
                of(new GaussianNoise(0)));
    }

    @ParameterizedTest
    @MethodSource("silences")
    void withoutNoiseIsThatOfDeeplearning4j(LayerCase silence) {
        LayerParity.assertTrains(silence);
    }

    @ParameterizedTest
    @MethodSource("noises")
    void hasDeeplearning4jsLossOnAverage(LayerCase noise) {
        double[] ours = losses(noise, Engines.ONEDNN);
        double[] theirs = losses(noise, Engines.DL4J);

        assertThat(mean(ours)).isCloseTo(mean(theirs), within(4 * error(ours, theirs)));
        assertThat(deviation(ours)).isBetween(0.6 * deviation(theirs), 1.6 * deviation(theirs));
    }

    @ParameterizedTest
    @MethodSource("noises")
    void hasTheGradientOfItsLoss(LayerCase noise) {
        Model network = still(noise);
        INDArray start = network.params().dup();
        try (Replica replica = open(network, noise, Engines.ONEDNN)) {
            replica.step(BATCH, 7);
            INDArray gradient = Network.of(network).gradient().dup().divi(BATCH.size());
            double slope = gradient.norm2Number().doubleValue();
            INDArray direction = gradient.div(slope).reshape(start.shape());
            network.params().assign(start.add(direction.mul(5e-3)));
            double above = replica.step(BATCH, 7);
            network.params().assign(start.sub(direction.mul(5e-3)));
            double below = replica.step(BATCH, 7);

            assertThat((above - below) / 1e-2).isCloseTo(slope, within(0.02 * slope));
        }
    }

    private static double[] losses(LayerCase noise, String engine) {
        double[] losses = new double[SEEDS];
        try (Replica replica = open(still(noise), noise, engine)) {
            for (int seed = 0; seed < SEEDS; seed++) {
                losses[seed] = replica.step(BATCH, seed);
            }
        }
        return losses;
    }

    private static Model still(LayerCase noise) {
        Model network = noise.copy();
        Network.of(network)
                .updater()
                .getUpdaterBlocks()
                .forEach(block -> block.getGradientUpdater().getConfig().setLrAndSchedule(0, null));
        return network;
    }

    private static Replica open(Model network, LayerCase noise, String engine) {
        return Engines.open(
                Network.of(network), noise.images(), KernelOptions.defaults().withEngine(engine));
    }

    private static LayerCase of(IDropout dropout) {
        return LayerCase.chain(
                dropout.getClass().getSimpleName(),
                LayerCase.ODD,
                new ConvolutionLayer.Builder(3, 3)
                        .nOut(6)
                        .activation(Activation.TANH)
                        .build(),
                new ConvolutionLayer.Builder(3, 3)
                        .nOut(4)
                        .activation(Activation.TANH)
                        .dropOut(dropout)
                        .build());
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double deviation(double[] values) {
        double mean = mean(values);
        return Math.sqrt(Arrays.stream(values)
                .map(x -> (x - mean) * (x - mean))
                .average()
                .orElseThrow());
    }

    /** Of the difference of two means. */
    private static double error(double[] some, double[] others) {
        return Math.hypot(deviation(some), deviation(others)) / Math.sqrt(SEEDS);
    }
}
