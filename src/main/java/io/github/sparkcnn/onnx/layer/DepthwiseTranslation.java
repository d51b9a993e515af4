package io.github.sparkcnn.onnx.layer;

import java.util.ArrayList;
import java.util.List;
import onnx.Onnx.AttributeProto;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.params.DepthwiseConvolutionParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A convolution in as many groups as channels: {@code [height, width, in, multiplier]} becomes {@code [in · multiplier, 1, …]}. */
final class DepthwiseTranslation implements Translation<DepthwiseConvolution2D> {

    @Override
    public String write(LayerNode node, DepthwiseConvolution2D layer) {
        INDArray weights =
                node.parameter(DepthwiseConvolutionParamInitializer.WEIGHT_KEY).permute(2, 3, 0, 1);
        INDArray bias = node.parameter(DepthwiseConvolutionParamInitializer.BIAS_KEY);
        return Activations.write(node.after(grouped(node, layer, weights, bias)), layer.getActivationFn());
    }

    /**
     * Adds the convolution.
     *
     * @param weights {@code [in, multiplier, height, width]}
     * @param bias null for none
     */
    static String grouped(LayerNode node, ConvolutionLayer layer, INDArray weights, INDArray bias) {
        List<AttributeProto> window = SlidingAttributes.attributes(layer);
        window.add(Attributes.integer("group", weights.size(0)));
        long outputs = weights.size(0) * weights.size(1);
        List<String> inputs = new ArrayList<>();
        inputs.add(node.input());
        inputs.add(node.graph().constant(node.part("W"), weights, outputs, 1, weights.size(2), weights.size(3)));
        if (bias != null) {
            inputs.add(node.graph().constant(node.part("b"), bias, outputs));
        }
        return node.graph().node("Conv", node.part("Depthwise"), inputs, window.toArray(AttributeProto[]::new));
    }
}
