package io.github.sparkcnn.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.DeviceConfig.Backend;
import io.github.sparkcnn.config.DeviceConfig.Precision;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.kernel.BackendReport.KernelKind;
import io.github.sparkcnn.kernel.update.GradientClipping;
import io.github.sparkcnn.kernel.update.UpdateRule;
import io.github.sparkcnn.network.Network;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.dropout.SpatialDropout;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Sgd;

/** Which kernels a network gets, and what is said when they are not the fastest. */
class KernelsTest {

    private static final KernelOptions AUTO = KernelOptions.defaults();
    private static final KernelOptions REQUIRED = new KernelOptions(
            Engines.AUTO,
            1,
            true,
            true,
            UpdateRule.PYTORCH,
            ClassWeights.EQUAL,
            GradientClipping.NONE,
            Precision.FLOAT32,
            Backend.CPU);
    private static final BackendReport WITHOUT_DIRECT =
            new BackendReport("CPU", "plain", KernelKind.HELPERS, "", 2, "oneDNN did not load: no jnidnnl");
    private static final BackendReport CUDA = new BackendReport("CUDA", "plain", KernelKind.HELPERS, "", 2, "");

    @BeforeAll
    static void wake() {
        Kernels.wake();
    }

    @Test
    void aNetworkThatOneDnnRunsIsNotShortOfAnything() {
        MultiLayerNetwork network = TestNetworks.named("fashion-cnn", 0.7);
        try (Replica replica = Engines.open(Network.of(network), ImageShape.MNIST, REQUIRED)) {
            assertThat(replica.backend()).isEqualTo(Kernels.wake());
            assertThat(replica.backend().kernels()).isEqualTo(KernelKind.ONEDNN);
            assertThat(replica.backend().shortfall()).isEmpty();
        }
    }

    @Test
    void aNetworkThatOneDnnCannotRunSaysWhichLayerAndWhy() {
        try (Replica replica = Engines.open(Network.of(cube()), ImageShape.MNIST, AUTO)) {
            assertThat(replica.backend().kernels()).isEqualTo(KernelKind.HELPERS);
            assertThat(replica.backend().shortfall()).isEqualTo("layer 0 activates by cube");
        }
    }

    @Test
    void aNetworkThatOneDnnCannotRunIsAnErrorWhereNativeKernelsAreRequired() {
        assertThatThrownBy(() -> Engines.open(Network.of(cube()), ImageShape.MNIST, REQUIRED))
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "Cannot use oneDNN for this network: layer 0 activates by cube. Set device.engine = auto and"
                                + " device.require-native-kernels = false to run it on DL4J's layers.");
    }

    /** DL4J's layers, which stand in for oneDNN otherwise, have float32 alone. */
    @Test
    void nothingStandsInWhereBf16IsAskedFor() {
        Network network = Network.of(TestNetworks.named("all-convolutional", 1));
        assertThatThrownBy(() ->
                        Engines.open(network, ImageShape.MNIST, AUTO.withPrecision(Precision.BF16), WITHOUT_DIRECT))
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "Cannot use oneDNN for this network: oneDNN did not load: no jnidnnl. Set device.engine = auto"
                                + " and device.require-native-kernels = false and device.precision = float32 to run it on DL4J's"
                                + " layers.");
    }

    /** A prediction leaves the dropout out. */
    @Test
    void aNetworkThatOneDnnPredictsAndCannotTrainIsKnownBeforeTheFirstStep() {
        try (Replica predicting = Engines.open(Network.of(mapsOfRows()), ImageShape.MNIST, AUTO);
                Replica training = Engines.open(Network.of(mapsOfRows()), ImageShape.MNIST, AUTO.withTraining())) {
            assertThat(predicting.backend()).isEqualTo(Kernels.wake());
            assertThat(training.backend().kernels()).isEqualTo(KernelKind.HELPERS);
            assertThat(training.backend().shortfall()).isEqualTo("maps of rows are dropped");
        }
        assertThatThrownBy(() -> Engines.open(Network.of(mapsOfRows()), ImageShape.MNIST, REQUIRED))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot use oneDNN for this network: maps of rows are dropped. ");
    }

    @Test
    void aPlatformWithoutOneDnnSaysSo() {
        MultiLayerNetwork network = TestNetworks.named("fashion-cnn", 0.7);
        try (Replica replica = Engines.open(Network.of(network), ImageShape.MNIST, AUTO, WITHOUT_DIRECT)) {
            assertThat(replica.backend()).isEqualTo(WITHOUT_DIRECT);
        }
        assertThatThrownBy(() -> Engines.open(Network.of(network), ImageShape.MNIST, REQUIRED, WITHOUT_DIRECT))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot use oneDNN for this network: oneDNN did not load: no jnidnnl.");
    }

    @Test
    void layersWithoutHelpersAreNoNativeKernels() {
        BackendReport plain = new BackendReport("CPU", "plain", KernelKind.PLAIN, "", 2, "built without oneDNN");
        KernelOptions layers = REQUIRED.withEngine(Engines.DL4J);
        assertThatThrownBy(() ->
                        Engines.open(Network.of(TestNetworks.named("fashion-cnn", 1)), ImageShape.MNIST, layers, plain))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("built without oneDNN");
    }

    @Test
    void onCudaDl4jsLayersAreWhatIsWanted() {
        MultiLayerNetwork network = TestNetworks.named("fashion-cnn", 0.7);
        try (Replica replica = Engines.open(Network.of(network), ImageShape.MNIST, REQUIRED, CUDA)) {
            assertThat(replica.getClass()).hasToString("class io.github.sparkcnn.kernel.dl4j.Dl4jReplica");
            assertThat(replica.backend()).isEqualTo(CUDA);
        }
    }

    /** A helper that throws is replaced in silence by the built-in code, at a quarter of the speed. */
    @Test
    void dl4jsLayersHaveTheirHelpersAndKeepThem() {
        MultiLayerNetwork network = TestNetworks.named("batch-norm-cnn", 1);
        try (Replica replica = Engines.open(Network.of(network), ImageShape.MNIST, AUTO.withEngine(Engines.DL4J))) {
            replica.step(FormulaNetwork.batch(8), 0);
            replica.predict(FormulaNetwork.batch(8).features(), 8, new float[80]);
        }
        for (int index : new int[] {0, 1, 3, 4, 5, 7}) {
            Layer layer = network.getLayer(index);
            assertThat(layer.getHelper()).as("layer %d", index).isNotNull();
            assertThat(LayerHelpers.failures(layer)).as("layer %d", index).isZero();
        }
    }

    private static MultiLayerNetwork cube() {
        MultiLayerNetwork network = new MultiLayerNetwork(TestNetworks.builder(new Sgd(0.1))
                .list()
                .layer(new DenseLayer.Builder()
                        .nOut(8)
                        .activation(Activation.CUBE)
                        .build())
                .layer(TestNetworks.output())
                .setInputType(InputType.convolutional(28, 28, 1))
                .build());
        network.init();
        return network;
    }

    private static MultiLayerNetwork mapsOfRows() {
        MultiLayerNetwork network = new MultiLayerNetwork(TestNetworks.builder(new Sgd(0.1))
                .list()
                .layer(new DenseLayer.Builder()
                        .nOut(8)
                        .activation(Activation.TANH)
                        .build())
                .layer(new DenseLayer.Builder()
                        .nOut(8)
                        .activation(Activation.TANH)
                        .dropOut(new SpatialDropout(0.5))
                        .build())
                .layer(TestNetworks.output())
                .setInputType(InputType.convolutional(28, 28, 1))
                .build());
        network.init();
        return network;
    }
}
