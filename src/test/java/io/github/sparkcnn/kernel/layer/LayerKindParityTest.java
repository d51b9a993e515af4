package io.github.sparkcnn.kernel.layer;

import static io.github.sparkcnn.kernel.layer.LayerCase.ODD;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.kernel.Kernels;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;

/** Every kind of layer, on colour, rectangles and odd sides, behind a convolution whose gradient comes through it. */
class LayerKindParityTest {

    @BeforeAll
    static void wake() {
        Kernels.wake();
    }

    static Stream<LayerCase> convolutions() {
        return Stream.of(
                behindStem("dilated", convolution(3, 1, 0, 2, ConvolutionMode.Truncate)),
                behindStem("dilated same", convolution(3, 1, 0, 2, ConvolutionMode.Same)),
                behindStem("same, even kernel", convolution(2, 1, 0, 1, ConvolutionMode.Same)),
                behindStem("same, stride 2", convolution(3, 2, 0, 1, ConvolutionMode.Same)),
                behindStem("same, stride 3", convolution(4, 3, 0, 1, ConvolutionMode.Same)),
                behindStem("truncating", convolution(4, 2, 0, 1, ConvolutionMode.Truncate)),
                behindStem("strict", convolution(3, 1, 0, 1, ConvolutionMode.Strict)),
                behindStem(
                        "rows and columns of their own",
                        new ConvolutionLayer.Builder(3, 2)
                                .stride(2, 1)
                                .padding(1, 0)
                                .dilation(1, 2)
                                .convolutionMode(ConvolutionMode.Truncate)
                                .nOut(4)
                                .activation(Activation.TANH)
                                .build()),
                behindStem("depthwise", depthwise(1, 1, ConvolutionMode.Truncate, true)),
                behindStem("depthwise, stride 2 same", depthwise(1, 2, ConvolutionMode.Same, true)),
                behindStem("depthwise, multiplier 3", depthwise(3, 1, ConvolutionMode.Same, true)),
                behindStem("depthwise without bias", depthwise(2, 1, ConvolutionMode.Truncate, false)),
                behindWideStem("depthwise, 32 channels", depthwise(1, 1, ConvolutionMode.Same, true)),
                behindStem("separable", separable(1, 1, true)),
                behindStem("separable, multiplier 2, stride 2", separable(2, 2, true)),
                behindStem("separable without bias", separable(1, 1, false)),
                behindWideStem("separable, 32 channels", separable(1, 1, true)),
                behindStem("deconvolution", deconvolution(3, 2, 0, ConvolutionMode.Truncate, true)),
                behindStem("deconvolution, padded", deconvolution(3, 2, 1, ConvolutionMode.Truncate, true)),
                behindStem("deconvolution, same", deconvolution(3, 2, 0, ConvolutionMode.Same, true)),
                behindStem(
                        "deconvolution, rows and columns of their own",
                        new Deconvolution2D.Builder(3, 2)
                                .stride(1, 2)
                                .padding(1, 0)
                                .nOut(4)
                                .activation(Activation.TANH)
                                .build()),
                behindStem("deconvolution without bias", deconvolution(2, 2, 0, ConvolutionMode.Truncate, false)));
    }

    static Stream<LayerCase> others() {
        return Stream.of(
                behindStem("max pooling, same", pooling(PoolingType.MAX, 3, 2, ConvolutionMode.Same, false)),
                behindStem("average pooling, same", pooling(PoolingType.AVG, 3, 2, ConvolutionMode.Same, false)),
                behindStem(
                        "average pooling, same, padding counts",
                        pooling(PoolingType.AVG, 3, 2, ConvolutionMode.Same, true)),
                behindStem(
                        "average pooling, truncating", pooling(PoolingType.AVG, 2, 2, ConvolutionMode.Truncate, false)),
                behindStem(
                        "max pooling, rows and columns of their own",
                        new SubsamplingLayer.Builder(PoolingType.MAX)
                                .kernelSize(3, 2)
                                .stride(2, 1)
                                .padding(1, 0)
                                .build()),
                behindStem("global maximum", new GlobalPoolingLayer(PoolingType.MAX)),
                // Few numbers, for a sum of many is a loss of its own.
                behindStem("global sum", new Cropping2D(4, 3, 2, 3), new GlobalPoolingLayer(PoolingType.SUM)),
                behindStem("global average", new GlobalPoolingLayer(PoolingType.AVG)),
                behindStem("zero padding", new ZeroPaddingLayer(1, 2, 3, 0)),
                behindWideStem("zero padding, 32 channels", new ZeroPaddingLayer(1, 0, 0, 2)),
                behindStem(
                        "padding, then shifted zeros",
                        new ZeroPaddingLayer(1, 1, 1, 1),
                        new ActivationLayer(Activation.SIGMOID)),
                behindStem("cropping", new Cropping2D(1, 2, 0, 1)),
                behindWideStem("cropping, 32 channels", new Cropping2D(1, 2, 0, 1)),
                behindStem("upsampling", new Upsampling2D.Builder(2).build()),
                behindStem(
                        "upsampling of a rectangle",
                        new Upsampling2D.Builder().size(new int[] {3, 2}).build()),
                behindStem("local response", new LocalResponseNormalization.Builder().build()));
    }

    @ParameterizedTest
    @MethodSource("convolutions")
    void convolvesAsDeeplearning4j(LayerCase layer) {
        LayerParity.assertHolds(layer);
    }

    @ParameterizedTest
    @MethodSource("others")
    void computesAsDeeplearning4j(LayerCase layer) {
        LayerParity.assertHolds(layer);
    }

    /**
     * The values only: DL4J's gradient is that of its values where α is small, as above, but not here. It sums gradient times value
     * over the channels around and divides by the channel's own k + α Σ x², where each belongs divided by its own.
     */
    @Test
    void normalizesByTheResponseOfThreeChannels() {
        LayerParity.assertSameOutputs(
                behindStem("local response", new LocalResponseNormalization.Builder(1, 3, 0.5, 0.6).build()));
    }

    private static LayerCase behindStem(String name, Layer... layers) {
        return behind(name, ODD, 6, layers);
    }

    private static LayerCase behindWideStem(String name, Layer... layers) {
        return behind(name, new ImageShape(1, 8, 11), 32, layers);
    }

    private static LayerCase behind(String name, ImageShape images, int channels, Layer... layers) {
        Layer stem = new ConvolutionLayer.Builder(3, 3)
                .nOut(channels)
                .convolutionMode(ConvolutionMode.Same)
                .activation(Activation.TANH)
                .build();
        return LayerCase.chain(
                name, images, Stream.concat(Stream.of(stem), Stream.of(layers)).toArray(Layer[]::new));
    }

    private static Layer convolution(int kernel, int stride, int padding, int dilation, ConvolutionMode mode) {
        return new ConvolutionLayer.Builder(kernel, kernel - 1)
                .stride(stride, stride)
                .padding(padding, padding)
                .dilation(dilation, dilation)
                .convolutionMode(mode)
                .nOut(4)
                .activation(Activation.LEAKYRELU)
                .build();
    }

    private static Layer depthwise(int multiplier, int stride, ConvolutionMode mode, boolean bias) {
        return new DepthwiseConvolution2D.Builder(3, 2)
                .depthMultiplier(multiplier)
                .stride(stride, stride)
                .convolutionMode(mode)
                .hasBias(bias)
                .activation(Activation.SWISH)
                .build();
    }

    private static Layer separable(int multiplier, int stride, boolean bias) {
        return new SeparableConvolution2D.Builder(3, 2)
                .depthMultiplier(multiplier)
                .stride(stride, stride)
                .convolutionMode(ConvolutionMode.Same)
                .hasBias(bias)
                .nOut(4)
                .activation(Activation.LEAKYRELU)
                .build();
    }

    private static Layer deconvolution(int kernel, int stride, int padding, ConvolutionMode mode, boolean bias) {
        return new Deconvolution2D.Builder(kernel, kernel)
                .stride(stride, stride)
                .padding(padding, padding)
                .convolutionMode(mode)
                .hasBias(bias)
                .nOut(4)
                .activation(Activation.TANH)
                .build();
    }

    private static Layer pooling(PoolingType type, int kernel, int stride, ConvolutionMode mode, boolean padding) {
        return new SubsamplingLayer.Builder(type)
                .kernelSize(kernel, kernel)
                .stride(stride, stride)
                .convolutionMode(mode)
                .avgPoolIncludePadInDivisor(padding)
                .build();
    }
}
