package io.github.sparkcnn.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.network.architecture.Architectures;
import io.github.sparkcnn.network.optimizer.Sgd;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.assertj.core.data.Percentage;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against what one counts by hand. */
class NetworkSummaryTest {

    @Test
    void fashionCnn() {
        Network network = build("fashion-cnn", ImageShape.MNIST);

        Map<String, LayerSummary> layers = byName(NetworkSummary.of(network, ImageShape.MNIST));

        // 5·5·1·32 weights at 24·24 places; 5·5·32·64 at 8·8; 4·4·64·512 and 512·10 once.
        assertThat(layers.get("conv1"))
                .isEqualTo(new LayerSummary(
                        "conv1", "ConvolutionLayer", "32×24×24", 800 + 32, Optional.of(800L * 24 * 24)));
        assertThat(layers.get("pool1"))
                .isEqualTo(new LayerSummary("pool1", "SubsamplingLayer", "32×12×12", 0, Optional.of(0L)));
        assertThat(layers.values().stream()
                        .mapToLong(layer -> layer.multiplyAdds().orElseThrow())
                        .sum())
                .isEqualTo(800L * 24 * 24 + 51_200L * 8 * 8 + 1024 * 512 + 5120);
    }

    @Test
    void otherKindsOfConvolution() {
        MultiLayerNetwork model = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(new DepthwiseConvolution2D.Builder(3, 3)
                        .name("depthwise")
                        .nIn(2)
                        .depthMultiplier(2)
                        .build())
                .layer(new BatchNormalization.Builder().name("normalized").build())
                .layer(new SeparableConvolution2D.Builder(3, 3)
                        .name("separable")
                        .nOut(5)
                        .build())
                .layer(new Deconvolution2D.Builder(2, 2)
                        .name("transposed")
                        .stride(2, 2)
                        .nOut(3)
                        .build())
                .layer(new PReLULayer.Builder()
                        .name("local")
                        .inputShape(3, 12, 16)
                        .build())
                .layer(new OutputLayer.Builder().name("out").nOut(4).build())
                .setInputType(InputType.convolutional(10, 12, 2))
                .build());
        model.init();

        Map<String, LayerSummary> layers = byName(NetworkSummary.of(Network.of(model), new ImageShape(2, 10, 12)));

        // 8×10 behind the first, 6×8 behind the second, 12×16 behind the transposed one, each of whose weights meets
        // 6·8 inputs.
        assertThat(layers.get("depthwise").output()).isEqualTo("4×8×10");
        assertThat(layers.get("depthwise").multiplyAdds()).hasValue(3L * 3 * 4 * 80);
        assertThat(layers.get("normalized").parameters()).isEqualTo(2 * 4);
        assertThat(layers.get("normalized").multiplyAdds()).hasValue(0L);
        assertThat(layers.get("separable").multiplyAdds()).hasValue((3L * 3 * 4 + 4 * 5) * 48);
        assertThat(layers.get("transposed").output()).isEqualTo("3×12×16");
        assertThat(layers.get("transposed").multiplyAdds()).hasValue(2L * 2 * 5 * 3 * 48);
        assertThat(layers.get("local").multiplyAdds()).as("not known here").isEmpty();
        assertThat(layers.get("out").multiplyAdds()).hasValue(3L * 12 * 16 * 4);
    }

    /** Parameters, and millions of multiplications, as the page networks.md has them since before this counted. */
    @ParameterizedTest
    @CsvSource({
        "all-convolutional, 1x28x28, 3930, 0.16",
        "batch-norm-cnn, 1x28x28, 29034, 2.8",
        "residual-cnn, 1x28x28, 382058, 52",
        "mobilenet, 3x32x32, 136778, 17",
        "resnet, 3x32x32, 272474, 41",
    })
    void theNetworksOfThePage(String name, String images, long parameters, double millions) {
        ImageShape shape = ImageShape.parse(images);
        Network network = build(name, shape);

        List<LayerSummary> layers = NetworkSummary.of(network, shape);

        assertThat(layers.stream().mapToLong(LayerSummary::parameters).sum()).isEqualTo(parameters);
        assertThat(layers.stream()
                        .mapToLong(layer -> layer.multiplyAdds().orElseThrow())
                        .sum())
                .isCloseTo((long) (millions * 1e6), Percentage.withPercentage(3));
    }

    private static Network build(String name, ImageShape shape) {
        return Architectures.build(name, shape, 10, new Sgd(0.1, 0, 0), 1);
    }

    private static Map<String, LayerSummary> byName(List<LayerSummary> layers) {
        return layers.stream().collect(Collectors.toMap(LayerSummary::name, Function.identity()));
    }
}
