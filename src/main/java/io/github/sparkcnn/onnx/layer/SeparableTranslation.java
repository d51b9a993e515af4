package io.github.sparkcnn.onnx.layer;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.params.SeparableConvolutionParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A depthwise convolution, {@code [multiplier, in, height, width]}, and one of single pixels with the bias. */
final class SeparableTranslation implements Translation<SeparableConvolution2D> {

    @Override
    public String write(LayerNode node, SeparableConvolution2D layer) {
        INDArray depthwise = node.parameter(SeparableConvolutionParamInitializer.DEPTH_WISE_WEIGHT_KEY)
                .permute(1, 0, 2, 3);
        INDArray pixels = node.parameter(SeparableConvolutionParamInitializer.POINT_WISE_WEIGHT_KEY);
        INDArray bias = node.parameter(SeparableConvolutionParamInitializer.BIAS_KEY);
        List<String> inputs = new ArrayList<>();
        inputs.add(DepthwiseTranslation.grouped(node, layer, depthwise, null));
        inputs.add(node.graph().constant(node.part("pW"), pixels, pixels.shape()));
        if (bias != null) {
            inputs.add(node.graph().constant(node.part("b"), bias, bias.length()));
        }
        String output = node.graph().node("Conv", node.part("Pixels"), inputs);
        return Activations.write(node.after(output), layer.getActivationFn());
    }
}
