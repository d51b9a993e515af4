package io.github.sparkcnn.onnx.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import onnx.Onnx.AttributeProto;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;

/** The attributes that convolution and pooling share. */
final class SlidingAttributes {

    private SlidingAttributes() {}

    static List<AttributeProto> attributes(ConvolutionLayer layer) {
        return attributes(
                layer.getKernelSize(),
                layer.getStride(),
                layer.getPadding(),
                layer.getDilation(),
                layer.getConvolutionMode(),
                layer.getCnn2dDataFormat());
    }

    static List<AttributeProto> attributes(SubsamplingLayer layer) {
        return attributes(
                layer.getKernelSize(),
                layer.getStride(),
                layer.getPadding(),
                layer.getDilation(),
                layer.getConvolutionMode(),
                layer.getCnn2dDataFormat());
    }

    private static List<AttributeProto> attributes(
            int[] kernel, int[] stride, int[] padding, int[] dilation, ConvolutionMode mode, CNN2DFormat format) {
        UntranslatableException.require(format == CNN2DFormat.NCHW, "its data format is NHWC");
        UntranslatableException.require(mode != ConvolutionMode.Causal, "its convolution mode is Causal");
        List<AttributeProto> attributes = new ArrayList<>();
        attributes.add(Attributes.integers("kernel_shape", longs(kernel)));
        attributes.add(Attributes.integers("strides", longs(stride)));
        attributes.add(Attributes.integers("dilations", longs(dilation)));
        attributes.add(padding(padding, mode));
        return attributes;
    }

    /** In mode Same an odd row or column of padding is put at the end, as SAME_UPPER means. */
    private static AttributeProto padding(int[] padding, ConvolutionMode mode) {
        return mode == ConvolutionMode.Same
                ? Attributes.text("auto_pad", "SAME_UPPER")
                : Attributes.integers("pads", LongStream.concat(longs(padding), longs(padding)));
    }

    private static LongStream longs(int[] values) {
        return Arrays.stream(values).asLongStream();
    }
}
