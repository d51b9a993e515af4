package io.github.sparkcnn.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.image.PixelScale;
import io.github.sparkcnn.network.Network;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationHardSigmoid;
import org.nd4j.linalg.activations.impl.ActivationHardTanH;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationMish;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU6;
import org.nd4j.linalg.activations.impl.ActivationSELU;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The layers that networks of a user's own are made of, in ONNX Runtime as in Deeplearning4j. */
class OnnxLayersTest {
    private static final PixelScale SCALE = new PixelScale(0.286, 0.353);

    static Stream<Arguments> layers() {
        return Stream.of(
                of("dilated", convolution().dilation(2, 2).build()),
                of("depthwise", depthwise(1, ConvolutionMode.Same, true)),
                of("depthwise, multiplier 3", depthwise(3, ConvolutionMode.Truncate, true)),
                of("depthwise without bias", depthwise(2, ConvolutionMode.Same, false)),
                of("separable", separable(1, true)),
                of("separable without bias", separable(2, false)),
                of("deconvolution", deconvolution(1, ConvolutionMode.Truncate)),
                of("deconvolution, same", deconvolution(0, ConvolutionMode.Same)),
                of("zero padding", new ZeroPaddingLayer(1, 2, 3, 0)),
                of("cropping", new Cropping2D(1, 0, 2, 3)),
                of(
                        "upsampling",
                        new Upsampling2D.Builder().size(new int[] {3, 2}).build()),
                of("local response", new LocalResponseNormalization.Builder(1, 3, 0.5, 0.6).build()),
                of("global sum", new GlobalPoolingLayer(PoolingType.SUM)),
                of("frozen", new FrozenLayerWithBackprop(Networks.padded(2))));
    }

    static Stream<Arguments> activations() {
        Stream<IActivation> functions = Stream.of(
                new ActivationReLU(1.0, null, 0.1),
                new ActivationReLU6(),
                new ActivationLReLU(0.3),
                new ActivationELU(0.5),
                new ActivationSELU(),
                new ActivationSwish(),
                new ActivationMish(),
                new ActivationHardSigmoid(),
                new ActivationHardTanH(),
                new ActivationGELU());
        return functions.map(function -> of(function.toString(), new ActivationLayer(function)));
    }

    static Stream<Arguments> vertices() {
        return Stream.concat(
                Stream.of(ElementWiseVertex.Op.values())
                        .map(op -> Arguments.of(op.toString(), Networks.joined(new ElementWiseVertex(op)))),
                Stream.of(joined(new MergeVertex()), joined(new ScaleVertex(-0.7)), joined(new ShiftVertex(0.4))));
    }

    static Stream<Arguments> heads() {
        return Stream.of(
                Arguments.of("sigmoids", head(LossFunction.XENT, Activation.SIGMOID)),
                Arguments.of("sums", head(LossFunction.MSE, Activation.IDENTITY)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"layers", "activations", "vertices", "heads"})
    void sayWhatDeeplearning4jSays(String name, Model network) {
        PackedImages images = Networks.images(3);
        float[] expected = Networks.probabilities(network, SCALE, images);

        byte[] model = OnnxExport.encode(Network.of(network), Networks.description(SCALE), OnnxInput.PIXELS);

        assertThat(OnnxCheck.requireAgreement(model, SCALE, images, expected))
                .as(name)
                .isLessThan(1e-5);
    }

    private static Arguments of(String name, Layer layer) {
        return Arguments.of(name, Networks.around(layer));
    }

    private static Arguments joined(GraphVertex vertex) {
        return Arguments.of(vertex.getClass().getSimpleName(), Networks.joined(vertex));
    }

    private static Model head(LossFunction loss, Activation activation) {
        return Networks.layers(
                Networks.padded(3),
                new GlobalPoolingLayer(PoolingType.AVG),
                new OutputLayer.Builder(loss).nOut(10).activation(activation).build());
    }

    private static ConvolutionLayer.Builder convolution() {
        return new ConvolutionLayer.Builder(3, 2).nOut(4).activation(Activation.SWISH);
    }

    private static Layer depthwise(int multiplier, ConvolutionMode mode, boolean bias) {
        return new DepthwiseConvolution2D.Builder(3, 2)
                .depthMultiplier(multiplier)
                .convolutionMode(mode)
                .hasBias(bias)
                .activation(Activation.LEAKYRELU)
                .build();
    }

    private static Layer separable(int multiplier, boolean bias) {
        return new SeparableConvolution2D.Builder(3, 2)
                .depthMultiplier(multiplier)
                .stride(2, 2)
                .convolutionMode(ConvolutionMode.Same)
                .hasBias(bias)
                .nOut(4)
                .activation(Activation.LEAKYRELU)
                .build();
    }

    private static Layer deconvolution(int padding, ConvolutionMode mode) {
        return new Deconvolution2D.Builder(3, 3)
                .stride(2, 2)
                .padding(padding, padding)
                .convolutionMode(mode)
                .nOut(4)
                .activation(Activation.TANH)
                .build();
    }
}
