package io.github.sparkcnn.kernel.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.kernel.Engines;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.kernel.Kernels;
import io.github.sparkcnn.kernel.RandomBatch;
import io.github.sparkcnn.kernel.TestNetworks;
import io.github.sparkcnn.kernel.step.Shortcut;
import io.github.sparkcnn.kernel.step.UnsupportedNetwork;
import io.github.sparkcnn.network.Network;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Sgd;

/** The gradient of a first layer of one channel with its kernel's rows as channels is that of oneDNN's own way. */
class RowsAsChannelsTest {
    private static final ImageShape SHAPE = new ImageShape(1, 23, 18);
    private static final Set<Shortcut> ALL = EnumSet.allOf(Shortcut.class);
    private static final Set<Shortcut> WITHOUT = EnumSet.complementOf(EnumSet.of(Shortcut.ROWS_AS_CHANNELS));

    @BeforeAll
    static void wake() {
        Kernels.wake();
    }

    static List<ConvolutionLayer> layers() {
        return List.of(
                convolution(5, 5).build(),
                convolution(3, 3).stride(2, 2).padding(1, 1).build(),
                convolution(5, 3).stride(2, 1).padding(2, 0).build(),
                convolution(2, 6).stride(1, 3).padding(0, 2).build(),
                convolution(11, 4).padding(5, 1).build(),
                convolution(3, 1).build(),
                convolution(1, 5).build(),
                convolution(3, 3).dilation(2, 3).build(),
                convolution(4, 4)
                        .stride(3, 2)
                        .convolutionMode(ConvolutionMode.Same)
                        .build(),
                convolution(3, 3).nOut(5).hasBias(false).build());
    }

    @ParameterizedTest
    @MethodSource("layers")
    void isTheSameGradient(ConvolutionLayer layer) throws UnsupportedNetwork {
        INDArray expected = gradient(layer, WITHOUT);
        assertThat(gradient(layer, ALL).distance2(expected))
                .isLessThan(1e-5 * expected.norm2Number().doubleValue());
    }

    @Test
    void leavesOtherConvolutionsAlone() throws UnsupportedNetwork {
        ConvolutionLayer oneRow = convolution(1, 5).build();
        assertThat(implementations(oneRow, ALL)).isEqualTo(implementations(oneRow, WITHOUT));
    }

    @Test
    @EnabledIfEnvironmentVariable(named = "ONEDNN_MAX_CPU_ISA", matches = "AVX2")
    void isUsedOnAvx2() throws UnsupportedNetwork {
        ConvolutionLayer layer = convolution(5, 5).build();
        assertThat(implementations(layer, ALL)).isNotEqualTo(implementations(layer, WITHOUT));
    }

    private static ConvolutionLayer.Builder convolution(int rows, int columns) {
        return new ConvolutionLayer.Builder(rows, columns)
                .nOut(16)
                .activation(Activation.TANH)
                .convolutionMode(ConvolutionMode.Truncate);
    }

    private static INDArray gradient(ConvolutionLayer layer, Set<Shortcut> shortcuts) throws UnsupportedNetwork {
        Network network = network(layer);
        try (OneDnnReplica replica = replica(network, shortcuts)) {
            replica.step(RandomBatch.of(SHAPE, 6), 0);
            return network.gradient().dup();
        }
    }

    private static List<String> implementations(ConvolutionLayer layer, Set<Shortcut> shortcuts)
            throws UnsupportedNetwork {
        try (OneDnnReplica replica = replica(network(layer), shortcuts)) {
            return replica.implementations(6);
        }
    }

    private static OneDnnReplica replica(Network network, Set<Shortcut> shortcuts) throws UnsupportedNetwork {
        KernelOptions options = KernelOptions.defaults().withEngine(Engines.ONEDNN);
        return PartialReplicas.replica(network, SHAPE, options, shortcuts);
    }

    private static Network network(ConvolutionLayer layer) {
        MultiLayerNetwork network = new MultiLayerNetwork(TestNetworks.builder(new Sgd(1))
                .list()
                .layer(layer.clone())
                .layer(TestNetworks.output())
                .setInputType(InputType.convolutional(SHAPE.height(), SHAPE.width(), 1))
                .build());
        network.init();
        return Network.of(network);
    }
}
