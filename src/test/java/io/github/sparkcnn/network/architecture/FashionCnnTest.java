package io.github.sparkcnn.network.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.optimizer.Adam;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class FashionCnnTest {

    @Test
    void hasTheTutorialsNumberOfParameters() {
        assertThat(build(1).parameters().length()).isEqualTo(582_026);
    }

    @Test
    void startsFromPyTorchsDefaultDistribution() {
        Network network = build(1);
        Map<Integer, Integer> fanIn = Map.of(0, 25, 2, 800, 4, 1024, 5, 512);
        for (int number : fanIn.keySet()) {
            double bound = 1 / Math.sqrt(fanIn.get(number));
            for (String parameter : new String[] {"W", "b"}) {
                INDArray values = network.layers().get(number).getParam(parameter);
                // Uniform in ±bound: standard deviation bound/√3, and some value near the bound.
                assertThat(values.amaxNumber().doubleValue())
                        .isLessThanOrEqualTo(bound)
                        .isGreaterThan(bound * 0.7);
                assertThat(values.stdNumber(false).doubleValue()).isCloseTo(bound / Math.sqrt(3), within(bound * 0.25));
            }
        }
    }

    @Test
    void isTheSameForTheSameSeedAndAnotherForAnother() {
        assertThat(build(1).parameters()).isEqualTo(build(1).parameters());
        assertThat(build(1).parameters()).isNotEqualTo(build(2).parameters());
    }

    @Test
    void suggestsTheNearestName() {
        assertThatThrownBy(() -> Architectures.named("fashion-cn"))
                .hasMessageStartingWith(
                        "Cannot build network fashion-cn: there is none of that name. Did you mean fashion-cnn?");
    }

    private static Network build(long seed) {
        return Architectures.build("fashion-cnn", ImageShape.MNIST, 10, new Adam(0.001, 0), seed);
    }
}
