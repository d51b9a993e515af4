package io.github.sparkcnn.kernel.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withPrecision;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.device.Device;
import io.github.sparkcnn.device.DeviceAssignment.Assigned;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.Minibatch;
import io.github.sparkcnn.kernel.BackendReport;
import io.github.sparkcnn.kernel.BackendReport.KernelKind;
import io.github.sparkcnn.kernel.CudaBinding;
import io.github.sparkcnn.kernel.Engines;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.kernel.Kernels;
import io.github.sparkcnn.kernel.RandomBatch;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.kernel.TestNetworks;
import io.github.sparkcnn.kernel.torch.tensor.Libtorch;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.NetworkState;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.global.torch;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.dropout.SpatialDropout;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;

/** What a replica on libtorch promises beside the right numbers, which {@code LibtorchParityTest} is about. */
class TorchReplicaTest {
    private static final KernelOptions TORCH =
            KernelOptions.defaults().withEngine(Engines.TORCH).withTraining();
    private static final Minibatch BATCH = RandomBatch.of(ImageShape.MNIST, 16);

    @BeforeAll
    static void wake() {
        Kernels.wake();
    }

    @Test
    void saysWhatItComputesOn() {
        try (Replica replica = open(TestNetworks.named("all-convolutional", 1))) {
            assertThat(replica.backend().kernels()).isEqualTo(KernelKind.TORCH);
            assertThat(replica.backend().toString()).startsWith("CPU (libtorch 2.10.0 natives), kernels torch, ");
            assertThat(replica.backend().warning("it")).isEmpty();
        }
    }

    /** Without it libtorch refuses to multiply on a GPU when it is to be deterministic. */
    @Test
    void cuBlasIsToldToAddUpInOneOrder() {
        Libtorch.load("cpu");
        assertThat(torch.has_env("CUBLAS_WORKSPACE_CONFIG")).isTrue();
        assertThat(torch.get_env("CUDA_DEVICE_ORDER").get().getString()).isEqualTo("PCI_BUS_ID");
    }

    /** CUDA reads it when it wakes. */
    @Test
    void aSliceIsTheOneDeviceThatCudaIsShown() {
        BackendReport machine = new BackendReport("CPU", "cuda:0", "x", KernelKind.ONEDNN, "", 1, "", List.of());
        Network network = Network.of(TestNetworks.named("all-convolutional", 1));
        new CudaBinding().bind(new Assigned(0, Device.parse("0, MIG-c, NVIDIA H200 MIG 1g.18gb, 9.0, 580.95.05")));
        try {
            assertThatThrownBy(
                            () -> new TorchEngine().open(network, ImageShape.MNIST, KernelOptions.defaults(), machine))
                    .hasMessageContaining("libtorch sees no GPU");

            assertThat(torch.get_env("CUDA_VISIBLE_DEVICES").get().getString()).isEqualTo("MIG-c");
        } finally {
            System.clearProperty("sparkcnn.cuda.ordinal");
            System.clearProperty("sparkcnn.cuda.device");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "true, 1x28x28, 18432, 256",
        "false, 1x28x28, 18432, 1337",
        "false, 3x32x32, 65536, 1024",
        "false, 3x32x32, 131072, 512",
        "false, 1x28x28, 401408, 256",
        "false, 3x224x224, 65536, 256"
    })
    void aGpuPredictsManySmallImagesAtATime(boolean onHost, String images, long largest, int batch) {
        assertThat(TorchReplica.predictionBatch(onHost, ImageShape.parse(images), largest))
                .isEqualTo(batch);
    }

    /** This build is that for processors. */
    @Test
    void aGpuThatLibtorchDoesNotSeeIsRefusedInALine() {
        BackendReport machine = new BackendReport("CPU", "cuda:0", "x", KernelKind.ONEDNN, "", 1, "", List.of());
        Network network = Network.of(TestNetworks.named("all-convolutional", 1));
        assertThatThrownBy(() -> new TorchEngine().open(network, ImageShape.MNIST, KernelOptions.defaults(), machine))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot use device.backend = cuda: libtorch sees no GPU. Look at nvidia-smi and"
                        + " LD_LIBRARY_PATH there, or set device.backend = cpu.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fashion-cnn", "batch-norm-cnn"})
    void givesTheSameBitsAgain(String name) {
        assertThat(after(5, name)).isEqualTo(after(5, name));
    }

    private static float[] after(int steps, String name) {
        try (Replica replica = open(TestNetworks.named(name, 0.7))) {
            for (int step = 0; step < steps; step++) {
                replica.step(BATCH, step);
            }
            return replica.read().parameters();
        }
    }

    /** A state that goes through a checkpoint, another replica and an averaging of one loses no bit. */
    @ParameterizedTest
    @ValueSource(strings = {"fashion-cnn", "batch-norm-cnn"})
    void goesOnFromItsStateAsIfNothingHadHappened(String name) {
        float[] uninterrupted = after(4, name);
        try (Replica first = open(TestNetworks.named(name, 0.7));
                Replica second = open(TestNetworks.named(name, 0.7))) {
            first.step(BATCH, 0);
            first.lend(state -> state.size());
            first.step(BATCH, 1);
            NetworkState state = first.read();
            first.step(BATCH, 17);
            second.write(state);
            second.step(BATCH, 2);
            second.step(BATCH, 3);

            assertThat(second.read().parameters()).isEqualTo(uninterrupted);
            assertThat(second.read().iteration()).isEqualTo(4);
        }
    }

    @Test
    void drawsItsMasksFromTheSeedAlone() {
        try (Replica replica = still(0.7);
                Replica other = still(0.7);
                Replica undropped = still(1)) {
            double first = replica.step(BATCH, 1);
            assertThat(other.step(BATCH, 2)).isNotEqualTo(first);
            assertThat(other.step(BATCH, 1)).isEqualTo(first);
            assertThat(undropped.step(BATCH, 1)).isEqualTo(undropped.step(BATCH, 2));
        }
    }

    private static Replica still(double retain) {
        Replica replica = open(TestNetworks.named("fashion-cnn", retain));
        replica.scaleLearningRates(0);
        return replica;
    }

    /** The garbage collector does not feel what lies outside the heap. */
    @Test
    void leavesNothingBehind() throws InterruptedException {
        MultiLayerNetwork network = TestNetworks.named("batch-norm-cnn", 1);
        open(network).close(); // what Deeplearning4j makes of a network at its first use
        long before = pointersAtRest();
        try (Replica replica = open(network)) {
            long held = Pointer.totalCount();
            for (int i = 0; i < 3; i++) {
                replica.step(BATCH, i);
                replica.predict(BATCH.features(), BATCH.size(), new float[160]);
                replica.write(replica.read());
                replica.lend(state -> state.size());
            }
            assertThat(Pointer.totalCount()).isLessThanOrEqualTo(held);
            assertThat(held).isGreaterThan(before + 100);
        }
        // ND4J makes a few where the network's arrays are read.
        assertThat(Pointer.totalCount()).isLessThan(before + 10);
    }

    /** How many there are when the collector has found all that earlier tests have left to it. */
    private static long pointersAtRest() throws InterruptedException {
        long before;
        long after = Pointer.totalCount();
        do {
            before = after;
            System.gc();
            TimeUnit.MILLISECONDS.sleep(200);
            after = Pointer.totalCount();
        } while (after < before);
        return after;
    }

    @Test
    void saysWhyItsUpdateIsDeeplearning4js() {
        try (Replica replica = open(rows(Activation.TANH, 1, new RmsProp(1e-3)))) {
            assertThat(replica.backend().notes()).containsExactly("updates in host memory: RmsProp has no rule here");
        }
        try (Replica replica = open(rows(Activation.TANH, 1))) {
            assertThat(replica.backend().notes()).isEmpty();
        }
    }

    /** ND4J keeps what it makes at a thread's first operation, here in the middle of a step. */
    @Test
    void leavesToNd4jWhatIsItsOwn() {
        CompletableFuture.runAsync(
                        () -> {
                            try (Replica replica = open(rows(Activation.TANH, 1, new RmsProp(1e-3)))) {
                                replica.step(BATCH, 0);
                            }
                            try (Replica layers = Engines.open(
                                    Network.of(rows(Activation.TANH, 1, new RmsProp(1e-3))),
                                    ImageShape.MNIST,
                                    KernelOptions.defaults().withEngine(Engines.DL4J))) {
                                assertThat(layers.step(BATCH, 0)).isFinite();
                            }
                        },
                        task -> new Thread(task).start())
                .join();
    }

    /** Spark runs a worker's next epoch on whichever thread is free. */
    @Test
    void mayMoveFromThreadToThread() {
        float[] staying = after(3, "fashion-cnn");
        try (Replica replica = open(TestNetworks.named("fashion-cnn", 0.7))) {
            for (int i = 0; i < 3; i++) {
                int seed = i;
                CompletableFuture.supplyAsync(() -> replica.step(BATCH, seed), task -> new Thread(task).start())
                        .join();
            }
            assertThat(replica.read().parameters()).isEqualTo(staying);
        }
    }

    @Test
    void predictsMoreImagesThanFitInOnePass() {
        Minibatch many = RandomBatch.of(ImageShape.MNIST, 300);
        try (Replica replica = open(TestNetworks.named("all-convolutional", 1));
                Replica oracle = Engines.open(
                        Network.of(TestNetworks.named("all-convolutional", 1)),
                        ImageShape.MNIST,
                        KernelOptions.defaults().withEngine(Engines.ONEDNN))) {
            float[] probabilities = new float[3000];
            float[] expected = new float[3000];
            replica.predict(many.features(), 300, probabilities);
            oracle.predict(many.features(), 300, expected);
            assertThat(probabilities).containsExactly(expected, withPrecision(1e-5f));
        }
    }

    /** Deeplearning4j's variance of one number is 0, libtorch's 0 / 0. */
    @Test
    void normalizesAMinibatchOfOneRow() {
        MultiLayerNetwork network = new MultiLayerNetwork(TestNetworks.builder(new Sgd(0.1))
                .list()
                .layer(new DenseLayer.Builder()
                        .nOut(8)
                        .activation(Activation.IDENTITY)
                        .build())
                .layer(TestNetworks.normalization())
                .layer(TestNetworks.output())
                .setInputType(InputType.convolutional(28, 28, 1))
                .build());
        network.init();
        try (Replica replica = open(network)) {
            replica.step(RandomBatch.of(ImageShape.MNIST, 1), 0);
            assertThat(replica.read().isFinite()).isTrue();
            assertThat(network.getParam("1_log10stdev").toFloatVector()).containsOnly(0);
            replica.publish();
            assertThat(network.getParam("1_log10stdev").toFloatVector())
                    .usingComparatorWithPrecision(1e-7f)
                    .containsOnly((float) (0.5 * Math.log10(0.9)));
        }
    }

    @Test
    void leavesFrozenLayersAlone() {
        MultiLayerNetwork frozen = new TransferLearning.Builder(TestNetworks.named("batch-norm-cnn", 1))
                .setFeatureExtractor(2)
                .build();
        float[] start = frozen.params().toFloatVector();
        int length = Math.toIntExact(
                frozen.getLayer(0).numParams() + frozen.getLayer(1).numParams());
        try (Replica replica = open(frozen)) {
            replica.step(BATCH, 0);
            float[] stepped = replica.read().parameters();
            assertThat(Arrays.copyOf(stepped, length)).isEqualTo(Arrays.copyOf(start, length));
            assertThat(stepped).isNotEqualTo(start);
        }
    }

    @Test
    void saysWhichLayerItCannotRun() {
        assertThatThrownBy(() -> open(rows(Activation.CUBE, 1)))
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "Cannot use libtorch for this network: layer 0 activates by cube. Set device.engine = auto and"
                                + " device.require-native-kernels = false to run it on DL4J's layers.");
    }

    /** A prediction leaves the dropout out. */
    @Test
    void saysBeforeTheFirstStepWhatItCannotTrain() {
        assertThatThrownBy(() -> open(rows(Activation.TANH, 0.5)))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot use libtorch for this network: maps of rows are dropped. ");
        Engines.open(
                        Network.of(rows(Activation.TANH, 0.5)),
                        ImageShape.MNIST,
                        KernelOptions.defaults().withEngine(Engines.TORCH))
                .close();
    }

    private static MultiLayerNetwork rows(Activation activation, double retain) {
        return rows(activation, retain, new Sgd(0.1));
    }

    private static MultiLayerNetwork rows(Activation activation, double retain, IUpdater updater) {
        MultiLayerNetwork network = new MultiLayerNetwork(TestNetworks.builder(updater)
                .list()
                .layer(new DenseLayer.Builder().nOut(8).activation(activation).build())
                .layer(new DenseLayer.Builder()
                        .nOut(8)
                        .activation(Activation.TANH)
                        .dropOut((IDropout) (retain == 1 ? null : new SpatialDropout(retain)))
                        .build())
                .layer(TestNetworks.output())
                .setInputType(InputType.convolutional(28, 28, 1))
                .build());
        network.init();
        return network;
    }

    private static Replica open(MultiLayerNetwork network) {
        return Engines.open(Network.of(network), ImageShape.MNIST, TORCH);
    }
}
