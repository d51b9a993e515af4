package io.github.sparkcnn.kernel.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.config.DeviceConfig.Precision;
import io.github.sparkcnn.image.Minibatch;
import io.github.sparkcnn.kernel.Bfloat16Processor;
import io.github.sparkcnn.kernel.Engines;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.kernel.LayerGradients;
import io.github.sparkcnn.kernel.RandomBatch;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.network.Network;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Every kind of layer, activation and vertex in bf16 beside float32: predictions, and every gradient of a step. */
class Bfloat16ParityTest {
    private static final int BATCH = 16;

    @BeforeEach
    void processor() {
        Bfloat16Processor.assume();
    }

    static Stream<LayerCase> layers() {
        return Stream.of(
                        LayerKindParityTest.convolutions(),
                        LayerKindParityTest.others(),
                        ActivationParityTest.activations(),
                        GraphParityTest.graphs(),
                        GraphParityTest.chains(),
                        NoiseTest.silences())
                .flatMap(cases -> cases);
    }

    /**
     * A number's rounding errs by 0.2 % at most, and outputs are within 2 % of their size. Gradients have further to go, and a ReLU or a
     * maximum between two numbers as close as that may choose the other one: 25 % of a gradient's size, where none at all, twice as much
     * or another's were 100 %.
     */
    @ParameterizedTest
    @MethodSource("layers")
    void computesLike32Bits(LayerCase layer) {
        Network coarse = Network.of(layer.copy());
        Network fine = Network.of(layer.copy());
        INDArray outputs = step(coarse, layer, Precision.BF16);
        INDArray expected = step(fine, layer, Precision.FLOAT32);

        assertThat(outputs).isNotEqualTo(expected);
        assertThat(outputs.distance2(expected)).isLessThan(0.02 * norm(expected));
        double least = 0.01 * norm(fine.gradient());
        for (int i = 0; i < fine.layers().size(); i++) {
            Map<String, INDArray> actual = LayerGradients.of(coarse.layers().get(i));
            int number = i;
            LayerGradients.of(fine.layers().get(i))
                    .forEach((name, gradient) -> assertThat(actual.get(name).distance2(gradient))
                            .as("%s of layer %d", name, number)
                            .isLessThanOrEqualTo(0.25 * (norm(gradient) + least)));
        }
    }

    private static double norm(INDArray values) {
        return values.norm2Number().doubleValue();
    }

    /** Predicts, and then makes a step; returns the predictions. */
    private static INDArray step(Network network, LayerCase layer, Precision precision) {
        Minibatch batch = RandomBatch.of(layer.images(), BATCH);
        KernelOptions options = KernelOptions.defaults()
                .withEngine(Engines.ONEDNN)
                .withTraining()
                .withPrecision(precision);
        try (Replica replica = Engines.open(network, layer.images(), options)) {
            float[] probabilities = new float[BATCH * 10];
            replica.predict(batch.features(), BATCH, probabilities);
            replica.step(batch, 0);
            return Nd4j.create(probabilities);
        }
    }
}
