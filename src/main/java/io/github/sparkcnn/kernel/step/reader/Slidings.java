package io.github.sparkcnn.kernel.step.reader;

import io.github.sparkcnn.kernel.step.Sliding;
import io.github.sparkcnn.kernel.step.UnsupportedNetwork;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;

/** Reads how convolutions and poolings slide; Strict is Truncate that DL4J has checked. */
final class Slidings {

    private Slidings() {}

    static Sliding of(ConvolutionLayer layer, LayerSite site) throws UnsupportedNetwork {
        requireChannelsFirst(layer.getCnn2dDataFormat(), site);
        return of(
                layer.getKernelSize(),
                layer.getStride(),
                layer.getPadding(),
                layer.getDilation(),
                layer.getConvolutionMode(),
                site);
    }

    static Sliding of(int[] kernel, int[] stride, int[] padding, int[] dilation, ConvolutionMode mode, LayerSite site)
            throws UnsupportedNetwork {
        site.require(mode != ConvolutionMode.Causal, "has the convolution mode Causal");
        return new Sliding(
                new Sliding.Axis(kernel[0], stride[0], padding[0], dilation[0]),
                new Sliding.Axis(kernel[1], stride[1], padding[1], dilation[1]),
                mode == ConvolutionMode.Same);
    }

    /** Refuses images with their channels last. */
    static void requireChannelsFirst(CNN2DFormat format, LayerSite site) throws UnsupportedNetwork {
        site.require(format == CNN2DFormat.NCHW, "has the data format " + format);
    }
}
