package io.github.sparkcnn.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.network.Network;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.AdamUpdater;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.NesterovsUpdater;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;

/** A stranger's optimizer may derive from ND4J's: then it makes its own steps, not those of the one that it derives from. */
class DerivedUpdaterTest {

    private static final double RATE = 0.1;

    @BeforeAll
    static void wake() {
        Kernels.wake();
    }

    static Stream<Arguments> engines() {
        return Stream.of(Engines.ONEDNN, Engines.DL4J)
                .flatMap(engine ->
                        Stream.of(new PlainAdam(), new PlainMomentum()).map(updater -> Arguments.of(engine, updater)));
    }

    @ParameterizedTest
    @MethodSource("engines")
    void makesItsOwnSteps(String engine, IUpdater derived) {
        assertThat(stepped(engine, derived)).isEqualTo(stepped(engine, new Sgd(RATE)));
    }

    private static float[] stepped(String engine, IUpdater updater) {
        MultiLayerNetwork model = new MultiLayerNetwork(TestNetworks.builder(updater)
                .list(TestNetworks.output())
                .setInputType(InputType.convolutional(28, 28, 1))
                .build());
        model.init();
        KernelOptions options = KernelOptions.defaults().withEngine(engine);
        try (Replica replica = Engines.open(Network.of(model), ImageShape.MNIST, options)) {
            List.of(1L, 2L).forEach(seed -> replica.step(FormulaNetwork.batch(8), seed));
            return replica.read().parameters();
        }
    }

    /** By its name Adam, by its steps plain descent. */
    private static final class PlainAdam extends Adam {
        private static final long serialVersionUID = 1L;

        PlainAdam() {
            super(RATE);
        }

        @Override
        public GradientUpdater<Adam> instantiate(INDArray state, boolean initialize) {
            return new AdamUpdater(this) {
                @Override
                public void applyUpdater(INDArray gradient, int iteration, int epoch) {
                    gradient.muli(RATE);
                }
            };
        }

        @Override
        public Adam clone() {
            return new PlainAdam();
        }
    }

    /** By its name momentum, by its steps plain descent. */
    private static final class PlainMomentum extends Nesterovs {
        private static final long serialVersionUID = 1L;

        PlainMomentum() {
            super(RATE, 0.9);
        }

        @Override
        public GradientUpdater<Nesterovs> instantiate(INDArray state, boolean initialize) {
            return new NesterovsUpdater(this) {
                @Override
                public void applyUpdater(INDArray gradient, int iteration, int epoch) {
                    gradient.muli(RATE);
                }
            };
        }

        @Override
        public Nesterovs clone() {
            return new PlainMomentum();
        }
    }
}
