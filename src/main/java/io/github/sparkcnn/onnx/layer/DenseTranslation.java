package io.github.sparkcnn.onnx.layer;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;

final class DenseTranslation implements Translation<DenseLayer> {

    @Override
    public String write(LayerNode node, DenseLayer layer) {
        UntranslatableException.require(!layer.hasLayerNorm(), "it has layer normalisation");
        return Activations.write(node.after(gemm(node)), layer.getActivationFn());
    }

    /** Gemm takes the weights as Deeplearning4j shapes them, {@code [in, out]}. */
    static String gemm(LayerNode node) {
        INDArray weights = node.parameter(DefaultParamInitializer.WEIGHT_KEY);
        INDArray bias = node.parameter(DefaultParamInitializer.BIAS_KEY);
        List<String> inputs = new ArrayList<>();
        inputs.add(node.input());
        inputs.add(node.graph().constant(node.part("W"), weights, weights.shape()));
        if (bias != null) {
            inputs.add(node.graph().constant(node.part("b"), bias, bias.length()));
        }
        return node.graph().node("Gemm", node.part("Gemm"), inputs);
    }
}
