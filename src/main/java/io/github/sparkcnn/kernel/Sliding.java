package io.github.sparkcnn.kernel;

import io.github.sparkcnn.kernel.onednn.Window;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;

/** How a convolution or pooling slides over an image, as DL4J configures it; each array is {height, width}. */
@SuppressWarnings("ArrayRecordComponent")
record Sliding(int[] kernel, int[] stride, int[] padding, ConvolutionMode mode) {

    static Sliding of(ConvolutionLayer layer) {
        return new Sliding(layer.getKernelSize(), layer.getStride(), layer.getPadding(), layer.getConvolutionMode());
    }

    static Sliding of(SubsamplingLayer layer) {
        return new Sliding(layer.getKernelSize(), layer.getStride(), layer.getPadding(), layer.getConvolutionMode());
    }

    /** The shape {@code [n, channels, height, width]} that it makes of an input. */
    long[] output(long[] input, long channels) {
        long[] output = {input[0], channels, 0, 0};
        for (int i = 0; i < 2; i++) {
            output[2 + i] = mode == ConvolutionMode.Same
                    ? (input[2 + i] + stride[i] - 1) / stride[i]
                    : (input[2 + i] + 2L * padding[i] - kernel[i]) / stride[i] + 1;
        }
        return output;
    }

    /** The window between these shapes; {@code Same} pads by what is missing, the smaller half in front. */
    Window window(long[] input, long[] output) {
        int[] before = padding.clone();
        if (mode == ConvolutionMode.Same) {
            for (int i = 0; i < 2; i++) {
                before[i] = (int) Math.max(0, (output[2 + i] - 1) * stride[i] + kernel[i] - input[2 + i]) / 2;
            }
        }
        return Window.over(new long[] {input[2], input[3]}, new long[] {output[2], output[3]}, kernel, stride, before);
    }
}
