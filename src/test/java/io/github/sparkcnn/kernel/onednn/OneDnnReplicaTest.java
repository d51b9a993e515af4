package io.github.sparkcnn.kernel.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.Minibatch;
import io.github.sparkcnn.kernel.BackendReport;
import io.github.sparkcnn.kernel.Engines;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.kernel.Kernels;
import io.github.sparkcnn.kernel.RandomBatch;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.kernel.TestNetworks;
import io.github.sparkcnn.kernel.step.Shortcut;
import io.github.sparkcnn.kernel.step.UnsupportedNetwork;
import io.github.sparkcnn.kernel.update.UpdateRule;
import io.github.sparkcnn.network.Network;
import java.util.EnumSet;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Nesterovs;

/** The direct kernels against DL4J's own layers, which are the oracle throughout. */
class OneDnnReplicaTest {
    private static final KernelOptions DIRECT = KernelOptions.defaults().withEngine(Engines.ONEDNN);
    private static final KernelOptions LAYERS = KernelOptions.defaults().withEngine(Engines.DL4J);

    @BeforeAll
    static void wake() {
        Kernels.wake();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fashion-cnn", "all-convolutional", "batch-norm-cnn"})
    void predictsAsDl4jDoes(String name) {
        MultiLayerNetwork network = TestNetworks.named(name, 0.7);
        assertClose(predictions(network, DIRECT), predictions(network, LAYERS), 1e-5);
    }

    /** A prediction's convolutions carry the normalisation behind them: by statistics and scales that are not 0 and 1. */
    @Test
    void predictsAsDl4jDoesAfterTrainingNormalisations() {
        MultiLayerNetwork network = TestNetworks.named("batch-norm-cnn", 1);
        steps(network, DIRECT, 5);
        assertClose(predictions(network, DIRECT), predictions(network, LAYERS), 1e-5);
    }

    /** ... and the sum of a residual block, with and without a projection. */
    @Test
    void predictsAsDl4jDoesThroughResidualBlocks() {
        Model network = TestNetworks.residualCnn(ImageShape.MNIST);
        steps(network, DIRECT, 5);
        assertClose(predictions(network, DIRECT), predictions(network, LAYERS), 1e-5);
    }

    /** Two readers share a value; a ReLU, which works in place, must not change it for the other. */
    @Test
    void keepsAValueThatOthersReadBesideARelu() {
        ComputationGraph direct = preactivated();
        ComputationGraph layers = direct.clone();
        assertClose(predictions(direct, DIRECT), predictions(layers, LAYERS), 1e-5);
        assertThat(steps(direct, DIRECT, 4)).isCloseTo(steps(layers, LAYERS, 4), within(1e-4));
        assertClose(direct.params().toFloatVector(), layers.params().toFloatVector(), 1e-4);
    }

    @Test
    void updatesAsDl4jsUpdaterWithNesterovsMomentum() {
        MultiLayerNetwork direct = TestNetworks.named("all-convolutional", 1);
        MultiLayerNetwork layers = direct.clone();
        steps(direct, DIRECT.withRule(UpdateRule.DL4J), 5);
        steps(layers, LAYERS.withRule(UpdateRule.DL4J), 5);
        assertClose(direct.params().toFloatVector(), layers.params().toFloatVector(), 1e-5);
        assertThat(direct.getUpdater()
                        .getStateViewArray()
                        .distance2(layers.getUpdater().getStateViewArray()))
                .isLessThan(1e-4);
    }

    @Test
    void leavesClippingToDl4jsUpdater() {
        assertClose(clipped(DIRECT), clipped(LAYERS), 1e-6);
    }

    @Test
    void trainsAResidualNetwork() {
        ComputationGraph direct = residual();
        ComputationGraph layers = direct.clone();
        assertThat(steps(direct, DIRECT, 4)).isCloseTo(steps(layers, LAYERS, 4), within(1e-4));
        assertClose(direct.params().toFloatVector(), layers.params().toFloatVector(), 1e-4);
    }

    /** Spark runs a worker's next epoch on whichever thread is free, and the thread that opened its replica may be gone. */
    @ParameterizedTest
    @ValueSource(strings = {"fashion-cnn", "all-convolutional", "batch-norm-cnn"})
    void mayMoveFromThreadToThread(String name) throws Exception {
        MultiLayerNetwork moving = TestNetworks.named(name, 0.7);
        MultiLayerNetwork staying = moving.clone();
        Minibatch batch = random(64);
        try (Replica replica = Engines.open(Network.of(staying), ImageShape.MNIST, DIRECT)) {
            for (int i = 0; i < 8; i++) {
                replica.step(batch, i);
            }
        }
        Replica replica = onThreadOfItsOwn(() -> Engines.open(Network.of(moving), ImageShape.MNIST, DIRECT));
        for (int i = 0; i < 8; i++) {
            int seed = i;
            onThreadOfItsOwn(() -> replica.step(batch, seed));
        }
        onThreadOfItsOwn(() -> {
            replica.close();
            return true;
        });

        assertThat(moving.params().toFloatVector()).isEqualTo(staying.params().toFloatVector());
    }

    private static <T> T onThreadOfItsOwn(Callable<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task);
        thread.start();
        thread.join();
        return task.get();
    }

    @Test
    void leavesFrozenLayersAlone() {
        MultiLayerNetwork network = new TransferLearning.Builder(TestNetworks.named("fashion-cnn", 1))
                .setFeatureExtractor(2)
                .build();
        MultiLayerNetwork layers = network.clone();
        INDArray frozen = network.getParam("2_W").dup();
        INDArray trained = network.getParam("4_W").dup();
        assertThat(steps(network, DIRECT, 3)).isCloseTo(steps(layers, LAYERS, 3), within(1e-4));
        assertThat(network.getParam("2_W")).isEqualTo(frozen);
        assertThat(network.getParam("4_W")).isNotEqualTo(trained);
    }

    /** A frozen normalisation keeps to its running statistics, with the ReLU behind it in its pass. */
    @Test
    void leavesFrozenNormalisationsAlone() {
        ComputationGraph whole = (ComputationGraph) TestNetworks.residualCnn(ImageShape.MNIST);
        steps(whole, DIRECT, 3);
        ComputationGraph direct = new TransferLearning.GraphBuilder(whole)
                .setFeatureExtractor("block1-relu")
                .build();
        ComputationGraph layers = direct.clone();
        INDArray frozen = direct.getLayer("block1-b-norm").params().dup();
        assertThat(steps(direct, DIRECT, 2)).isCloseTo(steps(layers, LAYERS, 2), within(1e-4));
        assertThat(direct.getLayer("block1-b-norm").params()).isEqualTo(frozen);
        assertClose(predictions(direct, DIRECT), predictions(layers, LAYERS), 1e-3);
    }

    @Test
    void takesMinibatchesOfAnySizeInAnyOrder() {
        MultiLayerNetwork direct = TestNetworks.named("fashion-cnn", 1);
        MultiLayerNetwork layers = direct.clone();
        for (int size : new int[] {16, 5, 16, 1, 7}) {
            try (Replica one = Engines.open(Network.of(direct), ImageShape.MNIST, DIRECT);
                    Replica other = Engines.open(Network.of(layers), ImageShape.MNIST, LAYERS)) {
                assertThat(one.step(random(size), 0)).isCloseTo(other.step(random(size), 0), within(1e-4));
            }
        }
    }

    @Test
    void readsParametersThatWereOverwrittenBetweenSteps() {
        MultiLayerNetwork network = TestNetworks.named("fashion-cnn", 1);
        try (Replica replica = Engines.open(Network.of(network), ImageShape.MNIST, DIRECT)) {
            INDArray start = network.params().dup();
            double first = replica.step(random(8), 0);
            network.params().assign(start);
            assertThat(replica.step(random(8), 0)).isEqualTo(first);
        }
    }

    @Test
    void runsOnGeneratedCodeOnly() throws UnsupportedNetwork {
        Model network = TestNetworks.named("fashion-cnn", 0.7);
        try (OneDnnReplica replica =
                PartialReplicas.replica(Network.of(network), ImageShape.MNIST, DIRECT, EnumSet.allOf(Shortcut.class))) {
            assertThat(replica.implementations(32)).allMatch(name -> name.contains("jit") || name.contains("brg"));
        }
        assertThat(Kernels.wake().kernels()).isEqualTo(BackendReport.KernelKind.ONEDNN);
    }

    /** The build runs these tests a second time so; what it is for would be lost if they ran on AVX-512 all the same. */
    @Test
    @EnabledIfEnvironmentVariable(named = "ONEDNN_MAX_CPU_ISA", matches = "AVX2")
    void runsOnAvx2WhereNoMoreIsAllowed() throws UnsupportedNetwork {
        Model network = TestNetworks.named("fashion-cnn", 0.7);
        try (OneDnnReplica replica =
                PartialReplicas.replica(Network.of(network), ImageShape.MNIST, DIRECT, EnumSet.allOf(Shortcut.class))) {
            assertThat(replica.implementations(32))
                    .anyMatch(name -> name.contains("avx2"))
                    .noneMatch(name -> name.contains("avx512"));
        }
    }

    private static ComputationGraph residual() {
        return graph(
                "relu",
                graph -> graph.addLayer("stem", convolution(2, Activation.RELU), "images")
                        .addLayer("a", convolution(1, Activation.RELU), "stem")
                        .addLayer("b", convolution(1, Activation.IDENTITY), "a")
                        .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "stem", "b")
                        .addLayer("relu", new ActivationLayer(Activation.RELU), "sum"));
    }

    /** He et al., "Identity mappings in deep residual networks", 2016: the ReLU stands inside the block. */
    private static ComputationGraph preactivated() {
        return graph(
                "sum",
                graph -> graph.addLayer("stem", convolution(2, Activation.IDENTITY), "images")
                        .addLayer("relu", new ActivationLayer(Activation.RELU), "stem")
                        .addLayer("a", convolution(1, Activation.IDENTITY), "relu")
                        .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "stem", "a"));
    }

    /** From the images through the layers, then a pooling and the output. */
    private static ComputationGraph graph(String last, Consumer<GraphBuilder> layers) {
        GraphBuilder builder = TestNetworks.builder(new Nesterovs(0.05, 0.9))
                .graphBuilder()
                .addInputs("images")
                .setInputTypes(InputType.convolutional(28, 28, 1));
        layers.accept(builder);
        ComputationGraph graph = new ComputationGraph(builder.addLayer("pool", TestNetworks.maxPool(), last)
                .addLayer("out", TestNetworks.output(), "pool")
                .setOutputs("out")
                .build());
        graph.init();
        return graph;
    }

    private static ConvolutionLayer convolution(int stride, Activation activation) {
        return TestNetworks.convolution(3, stride, 1, 16).activation(activation).build();
    }

    private static float[] clipped(KernelOptions options) {
        MultiLayerNetwork network = new MultiLayerNetwork(TestNetworks.builder(new Nesterovs(0.1, 0.9))
                .gradientNormalization(GradientNormalization.ClipL2PerLayer)
                .gradientNormalizationThreshold(0.01)
                .l2(1e-3)
                .list()
                .layer(TestNetworks.convolution(5, 2, 0, 8)
                        .activation(Activation.RELU)
                        .build())
                .layer(TestNetworks.output())
                .setInputType(InputType.convolutional(28, 28, 1))
                .build());
        network.init();
        steps(network, options, 3);
        return network.params().toFloatVector();
    }

    private static double steps(Model network, KernelOptions options, int count) {
        double sum = 0;
        try (Replica replica = Engines.open(Network.of(network), ImageShape.MNIST, options)) {
            for (int i = 0; i < count; i++) {
                sum += replica.step(random(16), i);
            }
        }
        return sum / count;
    }

    private static float[] predictions(Model network, KernelOptions options) {
        Minibatch images = random(300);
        float[] probabilities = new float[300 * 10];
        try (Replica replica = Engines.open(Network.of(network), ImageShape.MNIST, options)) {
            replica.predict(images.features(), 300, probabilities);
        }
        return probabilities;
    }

    private static Minibatch random(int size) {
        return RandomBatch.of(ImageShape.MNIST, size);
    }

    private static void assertClose(float[] one, float[] other, double tolerance) {
        double largest = 0;
        for (int i = 0; i < one.length; i++) {
            largest = Math.max(largest, Math.abs(one[i] - other[i]));
        }
        assertThat(largest).isLessThan(tolerance);
    }
}
