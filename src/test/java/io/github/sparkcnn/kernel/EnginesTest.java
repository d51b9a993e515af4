package io.github.sparkcnn.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.config.DeviceConfig;
import io.github.sparkcnn.config.DeviceConfig.Averaging;
import io.github.sparkcnn.config.DeviceConfig.Backend;
import io.github.sparkcnn.config.DeviceConfig.Precision;
import io.github.sparkcnn.device.DeviceAssignment.Assigned;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.NetworkState;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An engine is found by its name, says what it refuses, and may keep the state where it likes. */
class EnginesTest {

    private static final String DETACHED = "detached";

    @BeforeAll
    static void wake() {
        Kernels.wake();
    }

    @Test
    void anEngineThatKeepsItsStateGivesItBackWhenAsked() {
        Network network = Network.of(TestNetworks.named("all-convolutional", 1));
        Network inPlace = Network.of(TestNetworks.named("all-convolutional", 1));
        float[] start = network.parameters().toFloatVector();
        try (Replica replica = open(network, DETACHED);
                Replica oracle = open(inPlace, Engines.DL4J)) {
            assertThat(replica.step(FormulaNetwork.batch(8), 1)).isEqualTo(oracle.step(FormulaNetwork.batch(8), 1));
            assertThat(network.parameters().toFloatVector()).isEqualTo(start);

            replica.publish();
            assertThat(network.parameters().toFloatVector())
                    .isEqualTo(inPlace.parameters().toFloatVector());
            assertThat(network.iteration()).isEqualTo(1);

            network.parameters().assign(0);
            replica.refresh();
            assertThat(replica.read().parameters()).containsOnly(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {Engines.ONEDNN, Engines.DL4J, Engines.TORCH, DETACHED})
    void givesTakesAndLendsItsState(String engine) {
        Network network = Network.of(TestNetworks.named("batch-norm-cnn", 1));
        try (Replica replica = open(network, engine)) {
            NetworkState start = replica.read();
            replica.step(FormulaNetwork.batch(8), 1);
            NetworkState stepped = replica.read();
            assertThat(stepped.iteration()).isEqualTo(start.iteration() + 1);

            int floats = replica.lend(state -> {
                FloatBuffer parameters = floats(state.get(0));
                for (int i = 0; i < parameters.capacity(); i++) {
                    parameters.put(i, 2 * parameters.get(i));
                }
                return parameters.capacity() + floats(state.get(1)).capacity();
            });

            assertThat(floats).isEqualTo(stepped.parameters().length + stepped.updater().length);
            float[] doubled = replica.read().parameters();
            for (int i = 0; i < doubled.length; i++) {
                assertThat(doubled[i]).isEqualTo(2 * stepped.parameters()[i]);
            }
            assertThat(replica.read().updater()).isEqualTo(stepped.updater());

            replica.write(start);
            assertThat(replica.read().parameters()).isEqualTo(start.parameters());
            assertThat(replica.read().iteration()).isEqualTo(start.iteration());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {Engines.ONEDNN, Engines.DL4J, Engines.TORCH, DETACHED})
    void aRateOfNothingMovesNothing(String engine) {
        Network network = Network.of(TestNetworks.named("all-convolutional", 1));
        try (Replica replica = open(network, engine)) {
            float[] start = replica.read().parameters();
            replica.scaleLearningRates(0);
            replica.step(FormulaNetwork.batch(8), 1);
            assertThat(replica.read().parameters()).isEqualTo(start);
            replica.scaleLearningRates(1);
            replica.step(FormulaNetwork.batch(8), 2);
            assertThat(replica.read().parameters()).isNotEqualTo(start);
        }
    }

    @Test
    void anEngineThatWasAskedForByNameSaysWhatItRefuses() {
        Network network = Network.of(TestNetworks.named("all-convolutional", 1));
        KernelOptions options = KernelOptions.defaults().withEngine(DETACHED);
        assertThatThrownBy(() -> Engines.open(network, new ImageShape(3, 28, 28), options))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot use detached for this network: images have 3 channels.");
    }

    @Test
    void oneDnnSaysWhyItIsNotThereOnAGpu() {
        Network network = Network.of(TestNetworks.named("all-convolutional", 1));
        KernelOptions options = KernelOptions.defaults().withEngine(Engines.ONEDNN);
        BackendReport cuda =
                new BackendReport(BackendReport.CUDA, "plain", BackendReport.KernelKind.HELPERS, "", 8, "");
        assertThatThrownBy(() -> Engines.open(network, ImageShape.MNIST, options, cuda))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot use oneDNN for this network: ND4J runs on CUDA.");
    }

    @ParameterizedTest
    @CsvSource({
        "onednn, TF32, 'oneDNN computes in float32, bf16'",
        "auto, TF32, 'oneDNN computes in float32, bf16'",
        "dl4j, BF16, dl4j computes in float32"
    })
    void refusesAPrecisionThatTheEngineHasNot(String engine, Precision precision, String reason) {
        Network network = Network.of(TestNetworks.named("all-convolutional", 1));
        KernelOptions options = KernelOptions.defaults().withEngine(engine).withPrecision(precision);
        assertThatThrownBy(() -> Engines.open(network, ImageShape.MNIST, options))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot use device.precision = " + precision.word() + ": " + reason
                        + ". Set device.precision to one of them, or device.engine to another.");
    }

    @ParameterizedTest
    @CsvSource({"onednn, true", "auto, true", "torch, true", "dl4j, false"})
    void knowsBeforehandWhichEnginesHaveBf16(String engine, boolean has) {
        DeviceConfig device =
                new DeviceConfig(Backend.CPU, Optional.empty(), engine, false, Precision.BF16, Averaging.RING);
        if (has) {
            assertThatCode(() -> Engines.requireKnown(device)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> Engines.requireKnown(device))
                    .hasMessageStartingWith("Cannot use device.precision = bf16: dl4j computes in float32.");
        }
    }

    @Test
    void refusesAPrecisionThatTheGpuHasNot() {
        Network network = Network.of(TestNetworks.named("all-convolutional", 1));
        KernelOptions options =
                KernelOptions.of(cuda(), 1).withEngine(Engines.TORCH).withPrecision(Precision.TF32);
        assertThatThrownBy(() -> Engines.openOnGpu(
                        network,
                        ImageShape.MNIST,
                        options,
                        Kernels.wake(),
                        Optional.of(FakeGpus.bound(FakeGpus.of("7.5"))),
                        FakeGpus.everything()))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot use device.precision = tf32: GPU 0 (X, compute capability 7.5, driver 580.95)"
                        + " computes in float32. Set device.precision = float32, or use a GPU of compute capability 8.0"
                        + " or more.");
    }

    @Test
    void aReplicaOnAGpuIsTheChipsEngineAndSaysSo() {
        Network network = Network.of(TestNetworks.named("all-convolutional", 1));
        BackendReport nd4j =
                new BackendReport(BackendReport.CUDA, "plain", BackendReport.KernelKind.HELPERS, "", 8, "");
        try (Replica replica = onGpu(network, "auto", nd4j, Optional.of(FakeGpus.bound(FakeGpus.V100)))) {
            assertThat(replica.backend())
                    .hasToString("CUDA (plain natives), kernels helpers, 8 processors;"
                            + " GPU 0 (Tesla V100, compute capability 7.0, driver 470.57)");
        }
    }

    @Test
    void withoutAGpuOfItsOwnAProcessDoesNotComputeOnTheProcessorInstead() {
        Network network = Network.of(TestNetworks.named("all-convolutional", 1));
        assertThatThrownBy(() -> onGpu(network, "auto", Kernels.wake(), Optional.empty()))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot use device.backend = cuda: this process is bound to no GPU. Start Spark with"
                        + " spark.plugins=io.github.sparkcnn.device.DevicePlugin, as the commands do.");
        KernelOptions options = KernelOptions.of(cuda(), 1).withEngine(Engines.TORCH);
        assertThatThrownBy(() -> Engines.open(network, ImageShape.MNIST, options))
                .hasMessageContaining("bound to no GPU");
    }

    @Test
    void aDriverBesideGpusComputesOnTheProcessor() {
        Network network = Network.of(TestNetworks.named("all-convolutional", 1));
        KernelOptions options =
                KernelOptions.of(cuda(), 1).withEngine(Engines.TORCH).besideGpus();
        try (Replica replica = Engines.open(network, ImageShape.MNIST, options)) {
            assertThat(replica.backend().kernels()).isEqualTo(BackendReport.KernelKind.ONEDNN);
        }
    }

    private static DeviceConfig cuda() {
        return ConfigurationReader.read("test", "device.backend = cuda", List.of())
                .device();
    }

    private static Replica onGpu(Network network, String engine, BackendReport nd4j, Optional<Assigned> gpu) {
        KernelOptions options = KernelOptions.of(cuda(), 1).withEngine(engine);
        return Engines.openOnGpu(network, ImageShape.MNIST, options, nd4j, gpu, FakeGpus.everything());
    }

    @Test
    void suggestsTheNearestEngine() {
        Network network = Network.of(TestNetworks.named("all-convolutional", 1));
        KernelOptions options = KernelOptions.defaults().withEngine("onednm");
        assertThatThrownBy(() -> Engines.open(network, ImageShape.MNIST, options))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("onednn");
    }

    private static Replica open(Network network, String engine) {
        return Engines.open(network, ImageShape.MNIST, KernelOptions.defaults().withEngine(engine));
    }

    private static FloatBuffer floats(ByteBuffer bytes) {
        return bytes.duplicate().order(ByteOrder.nativeOrder()).asFloatBuffer();
    }
}
