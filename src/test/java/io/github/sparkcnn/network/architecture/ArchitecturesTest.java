package io.github.sparkcnn.network.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.keys.Keys;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.optimizer.Adam;
import io.github.sparkcnn.network.optimizer.Optimizer;
import io.github.sparkcnn.network.optimizer.Sgd;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;

class ArchitecturesTest {

    private static final Optimizer ADAM = new Adam(0.001, 0);

    @ParameterizedTest
    @ValueSource(
            strings = {"all-convolutional", "batch-norm-cnn", "fashion-cnn", "mobilenet", "residual-cnn", "resnet"})
    void knowsWhichNetworksHaveBranches(String name) {
        assertThat(build(name, ImageShape.MNIST, 10).chain().isPresent())
                .isEqualTo(Architectures.named(name).isSequential());
    }

    /** PyTorch's counts are in shared/parity/parity.json; Deeplearning4j counts mean and variance of each map as well. */
    @ParameterizedTest
    @CsvSource({
        "all-convolutional, 3930, 0",
        "batch-norm-cnn, 29034, 48",
        "fashion-cnn, 582026, 0",
        "residual-cnn, 382058, 800",
        "resnet, 272186, 784",
        "mobilenet, 136202, 1472"
    })
    void hasPyTorchsNumberOfParameters(String name, long learned, long normalizedMaps) {
        assertThat(build(name, ImageShape.MNIST, 10).parameters().length()).isEqualTo(learned + 2 * normalizedMaps);
    }

    @ParameterizedTest
    @ValueSource(strings = {"all-convolutional", "batch-norm-cnn", "mobilenet", "residual-cnn", "resnet"})
    void startsFromPyTorchsDefaultDistribution(String name) {
        for (Layer layer : build(name, ImageShape.MNIST, 10).layers()) {
            if (layer.numParams() == 0) {
                continue;
            }
            if (layer.getParam("gamma") != null) {
                assertThat(layer.getParam("gamma").minNumber().doubleValue()).isEqualTo(1);
                assertThat(layer.getParam("beta").amaxNumber().doubleValue()).isZero();
                assertThat(layer.getParam("mean").amaxNumber().doubleValue()).isZero();
                assertThat(layer.getParam("log10stdev").amaxNumber().doubleValue())
                        .isZero();
                continue;
            }
            INDArray weights = layer.getParam("W");
            double bound = 1 / Math.sqrt(fanIn(layer, weights));
            assertThat(weights.amaxNumber().doubleValue())
                    .isLessThanOrEqualTo(bound)
                    .isGreaterThan(bound * 0.9);
            assertThat(weights.stdNumber(false).doubleValue()).isCloseTo(bound / Math.sqrt(3), within(bound * 0.1));
            if (layer.getParam("b") != null) {
                assertThat(layer.getParam("b").amaxNumber().doubleValue())
                        .isLessThanOrEqualTo(bound)
                        .isGreaterThan(bound * 0.5);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"all-convolutional", "batch-norm-cnn", "mobilenet", "residual-cnn", "resnet"})
    void takesImagesOfAnotherShapeAndNumberOfClasses(String name) {
        Network network = build(name, new ImageShape(3, 33, 40), 7);

        INDArray probabilities = network.output(Nd4j.rand(2, 3, 33, 40));

        assertThat(probabilities.shape()).containsExactly(2, 7);
        for (double sum : probabilities.sum(1).toDoubleVector()) {
            assertThat(sum).isCloseTo(1, within(1e-5));
        }
    }

    @Test
    void momentumIsAVelocityAndItsAbsencePlainGradientDescent() {
        assertThat(updaterOf(new Sgd(0.1, 0.9, 0))).isEqualTo(new Nesterovs(0.1, 0.9));
        assertThat(updaterOf(new Sgd(0.1, 0, 0))).isEqualTo(new org.nd4j.linalg.learning.config.Sgd(0.1));
    }

    @Test
    void theResidualNetworkIsTheSameForTheSameSeed() {
        assertThat(build("residual-cnn", ImageShape.MNIST, 10).parameters())
                .isEqualTo(build("residual-cnn", ImageShape.MNIST, 10).parameters());
    }

    /** The counts of pytorch_cifar.py's network; He et al. give 0.27 million without the projections' 2,752 and its weights' 192. */
    @Test
    void resNet20OfColourHasPyTorchsNumberOfParameters() {
        assertThat(build("resnet", new ImageShape(3, 32, 32), 10).parameters().length())
                .isEqualTo(272_474 + 1_568);
    }

    @Test
    void resNetHasADepthAndAWidthOfItsOwn() {
        Keys keys = Keys.of("network", Map.of("depth", 8, "width", 4)).ofPart("use network resnet");

        assertThat(new ResNet().read(keys)).isEqualTo(new ResNet(8, 4));
        assertThat(new ResNet().read(Keys.of("network", Map.of()))).isEqualTo(new ResNet(20, 16));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "depth | 21 | network.depth is 21. Set it to 6n + 2: 8, 14, 20, 32, 44, 56, … 1202.",
                "width | 0  | network.width is 0. Set it to 1 to 1024."
            })
    void aWrongKeyOfResNetIsRefused(String key, int value, String reason) {
        Keys keys = Keys.of("network", Map.of(key, value)).ofPart("use network resnet");

        assertThatThrownBy(() -> new ResNet().read(keys)).hasMessage("Cannot use network resnet: " + reason);
    }

    @Test
    void mobileNetOfColourHasPyTorchsNumberOfParameters() {
        assertThat(build("mobilenet", new ImageShape(3, 32, 32), 10)
                        .parameters()
                        .length())
                .isEqualTo(136_778 + 2_944);
        assertThat(new MobileNet().read(Keys.of("network", Map.of("width", 8)))).isEqualTo(new MobileNet(8));
    }

    @Test
    void aDepthThatIsNoStackOfBlocksIsRefused() {
        assertThatThrownBy(() -> new ResNet(21, 16)).hasMessage("depth is 21, not 6n + 2");
    }

    @Test
    void aNetworkThatIsNotWhatItSaysIsRefused() {
        Architecture branched = new Architecture() {
            @Override
            public String name() {
                return "branched";
            }

            @Override
            public Network configure(ImageShape input, int classes, IUpdater updater, double l2) {
                return new ResidualCnn().configure(input, classes, updater, l2);
            }
        };
        assertThatThrownBy(() -> Architectures.configured(branched, ImageShape.MNIST, 10, ADAM))
                .hasMessage("network branched says that isSequential is true, and is not what it says");
    }

    private static Object updaterOf(Optimizer optimizer) {
        Network network = Architectures.build("all-convolutional", ImageShape.MNIST, 10, optimizer, 1);
        List<Layer> layers = network.layers();
        return ((BaseLayer) layers.get(0).conf().getLayer()).getIUpdater();
    }

    private static double fanIn(Layer layer, INDArray weights) {
        return weights.length() / (double) ((FeedForwardLayer) layer.conf().getLayer()).getNOut();
    }

    private static Network build(String name, ImageShape input, int classes) {
        return Architectures.build(name, input, classes, ADAM, 1);
    }
}
