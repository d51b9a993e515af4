package io.github.sparkcnn.onnx.layer;

import java.util.ArrayList;
import java.util.List;
import onnx.Onnx.AttributeProto;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.params.ConvolutionParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Weights are {@code [out, in, height, width]} on both sides. */
final class ConvolutionTranslation implements Translation<ConvolutionLayer> {

    @Override
    public String write(LayerNode node, ConvolutionLayer layer) {
        List<AttributeProto> window = SlidingAttributes.attributes(layer);
        INDArray weights = node.parameter(ConvolutionParamInitializer.WEIGHT_KEY);
        List<String> inputs = new ArrayList<>();
        inputs.add(node.input());
        inputs.add(node.graph().constant(node.part("W"), weights, weights.shape()));
        if (layer.isHasBias()) {
            INDArray bias = node.parameter(ConvolutionParamInitializer.BIAS_KEY);
            inputs.add(node.graph().constant(node.part("b"), bias, bias.length()));
        }
        String output = node.graph().node("Conv", node.part("Conv"), inputs, window.toArray(AttributeProto[]::new));
        return Activations.write(node.after(output), layer.getActivationFn());
    }
}
