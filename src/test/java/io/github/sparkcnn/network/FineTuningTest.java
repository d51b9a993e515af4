package io.github.sparkcnn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.Minibatch;
import io.github.sparkcnn.kernel.Engines;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.kernel.Kernels;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.network.architecture.Architectures;
import io.github.sparkcnn.network.optimizer.Adam;
import io.github.sparkcnn.network.optimizer.Optimizer;
import io.github.sparkcnn.network.optimizer.Sgd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LocallyConnected2D;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class FineTuningTest {

    private static final Optimizer SGD = new Sgd(0.1, 0, 0);
    private static final ImageShape SHAPE = new ImageShape(1, 12, 12);

    @BeforeAll
    static void wakeNd4j() {
        Kernels.wake();
    }

    @ParameterizedTest
    @ValueSource(strings = {"all-convolutional", "batch-norm-cnn", "residual-cnn"})
    void keepsEveryParameterWhenTheClassesAreAsMany(String name) {
        Network pretrained = pretrained(name);

        Network network = adapt(pretrained, 10, FrozenLayers.first(1), Optional.empty());

        assertThat(network.parameters()).isEqualTo(pretrained.parameters());
    }

    @ParameterizedTest
    @ValueSource(strings = {"all-convolutional", "batch-norm-cnn", "residual-cnn"})
    void replacesOnlyTheHeadForAnotherNumberOfClasses(String name) {
        Network pretrained = pretrained(name);

        Network network = adapt(pretrained, 3, FrozenLayers.NONE, Optional.empty());

        List<Layer> before = withParameters(pretrained);
        List<Layer> after = withParameters(network);
        int head = before.size() - 1;
        for (int i = 0; i < head; i++) {
            assertThat(after.get(i).params()).isEqualTo(before.get(i).params());
        }
        INDArray weights = after.get(head).getParam("W");
        double bound =
                1 / Math.sqrt(weights.rank() == 2 ? weights.size(0) : weights.length() / (double) weights.size(0));
        assertThat(weights.amaxNumber().doubleValue())
                .isLessThanOrEqualTo(bound)
                .isGreaterThan(bound * 0.8);
        assertThat(after.get(head).getParam("b").length()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "all-convolutional, 1, onednn",
        "batch-norm-cnn, 2, onednn",
        "all-convolutional, 2, dl4j",
        "batch-norm-cnn, 3, dl4j",
        "residual-cnn, 6, dl4j",
        "residual-cnn, 6, onednn"
    })
    void aFrozenLayerStaysAsItIsAndTheOthersLearn(String name, int frozen, String mode) {
        Network network = adapt(pretrained(name), 10, FrozenLayers.first(frozen), Optional.empty());
        List<INDArray> before =
                withParameters(network).stream().map(l -> l.params().dup()).toList();

        step(network, mode);

        List<Layer> after = withParameters(network);
        for (int i = 0; i < before.size(); i++) {
            assertThat(after.get(i).params().equals(before.get(i)))
                    .as("layer %d of %s is the same", i, name)
                    .isEqualTo(i < frozen);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {Engines.ONEDNN, Engines.DL4J})
    void theBodyMovesByItsOwnLearningRate(String mode) {
        Network pretrained = pretrained("all-convolutional");
        Network same = adapt(pretrained, 10, FrozenLayers.NONE, Optional.empty());
        Network slower = adapt(pretrained, 10, FrozenLayers.NONE, Optional.of(0.025));

        step(same, mode);
        step(slower, mode);

        for (int i = 0; i < 3; i++) {
            INDArray start = withParameters(pretrained).get(i).params();
            INDArray whole = withParameters(same).get(i).params().sub(start);
            INDArray part = withParameters(slower).get(i).params().sub(start);
            double factor = i < 2 ? 0.25 : 1;
            assertThat(part.sub(whole.mul(factor)).amaxNumber().doubleValue()).isLessThan(1e-6);
            assertThat(whole.amaxNumber().doubleValue()).isGreaterThan(1e-4);
        }
    }

    /** One that Deeplearning4j makes of SameDiff, which keeps its optimizer elsewhere. */
    @Test
    void aLocallyConnectedLayerGetsTheOptimizerToo() {
        MultiLayerNetwork model = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .updater(new RmsProp(0.5))
                .l2(0.1)
                .activation(Activation.TANH)
                .list()
                .layer(new LocallyConnected2D.Builder().kernelSize(3, 3).nOut(2).build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(10)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(12, 12, 1))
                .build());
        model.init();

        Network adapted = adapt(Network.of(model), 10, FrozenLayers.NONE, Optional.of(0.025));

        var layer = adapted.layers().get(0).conf().getLayer();
        assertThat(layer.getUpdaterByParam("W")).isEqualTo(SGD.updater(0.025));
        assertThat(layer.getRegularizationByParam("W")).isEmpty();
    }

    @Test
    void aFrozenNormalizationUsesItsRunningStatisticsOnEitherKernels() {
        Network pretrained = pretrained("batch-norm-cnn");
        Network one = adapt(pretrained, 10, FrozenLayers.first(4), Optional.empty());
        Network other = adapt(pretrained, 10, FrozenLayers.first(4), Optional.empty());
        Network thawed = adapt(pretrained, 10, FrozenLayers.NONE, Optional.empty());

        double loss = step(one, Engines.ONEDNN);

        assertThat(loss)
                .isCloseTo(step(other, Engines.DL4J), within(1e-4))
                .isNotCloseTo(step(thawed, Engines.DL4J), within(1e-2));
        assertThat(one.parameters().sub(other.parameters()).amaxNumber().doubleValue())
                .isLessThan(1e-5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"all-convolutional", "residual-cnn"})
    void thePlainSerializerLoadsAFrozenNetwork(String name) throws IOException {
        Network network = adapt(pretrained(name), 10, FrozenLayers.first(2), Optional.of(0.01));
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        network.write(zip);

        ByteArrayInputStream in = new ByteArrayInputStream(zip.toByteArray());
        Model loaded = network.chain().isEmpty()
                ? ModelSerializer.restoreComputationGraph(in, true)
                : ModelSerializer.restoreMultiLayerNetwork(in, true);

        assertThat(loaded.params()).isEqualTo(network.parameters());
        assertThat(Network.of(loaded).definition()).isEqualTo(network.definition());
    }

    @Test
    void thawsWhatAnEarlierFineTuningFroze() {
        Network frozen = adapt(pretrained("residual-cnn"), 10, FrozenLayers.first(8), Optional.empty());

        Network thawed = adapt(frozen, 10, FrozenLayers.NONE, Optional.empty());

        assertThat(thawed.definition().json()).doesNotContain("FrozenLayers");
        assertThat(thawed.parameters()).isEqualTo(frozen.parameters());
    }

    @Test
    void freezesByName() {
        Network network = adapt(
                pretrained("all-convolutional"), 10, FrozenLayers.named(List.of("conv1", "conv2")), Optional.empty());

        assertThat(network.layers().get(1)).isInstanceOf(org.deeplearning4j.nn.layers.FrozenLayer.class);
    }

    @Test
    void suggestsTheNearestLayer() {
        assertRefused(
                FrozenLayers.named(List.of("cnv1")),
                "Cannot freeze layer cnv1: the network has none of that name with parameters. Did you mean conv1? ");
    }

    @Test
    void refusesToFreezeALayerBehindOneThatLearns() {
        assertRefused(
                FrozenLayers.named(List.of("conv2")),
                "Cannot freeze layer conv2: layer conv1 before it would go on learning. Add conv1 to network.frozen-layers");
    }

    @Test
    void refusesToFreezeTheHead() {
        assertRefused(
                FrozenLayers.first(3), "Cannot freeze 3 layers: the network has 3 with parameters, and its head ");
        assertRefused(FrozenLayers.named(List.of("conv3")), "Cannot freeze layer conv3: it is the head");
    }

    private static void assertRefused(FrozenLayers frozen, String message) {
        Network pretrained = pretrained("all-convolutional");
        assertThatThrownBy(() -> adapt(pretrained, 10, frozen, Optional.empty()))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith(message);
    }

    private static Network pretrained(String name) {
        Network network = Architectures.build(name, SHAPE, 10, new Adam(0.001, 0.1), 3);
        step(network, Engines.DL4J);
        return network;
    }

    private static Network adapt(Network pretrained, int classes, FrozenLayers frozen, Optional<Double> bodyRate) {
        return FineTuning.adapt(pretrained, classes, frozen, SGD, bodyRate.orElse(SGD.learningRate()), 5);
    }

    private static double step(Network network, String mode) {
        Random random = new Random(7);
        float[] features = new float[8 * SHAPE.size()];
        for (int i = 0; i < features.length; i++) {
            features[i] = random.nextFloat();
        }
        try (Replica replica =
                Engines.open(network, SHAPE, KernelOptions.defaults().withEngine(mode))) {
            return replica.step(new Minibatch(features, new int[] {0, 1, 2, 3, 4, 5, 6, 7}, 8), 1);
        }
    }

    private static List<Layer> withParameters(Network network) {
        return network.layers().stream().filter(layer -> layer.numParams() > 0).toList();
    }
}
