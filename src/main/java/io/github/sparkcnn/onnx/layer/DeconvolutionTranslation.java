package io.github.sparkcnn.onnx.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import onnx.Onnx.AttributeProto;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.params.DeconvolutionParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Weights are {@code [in, out, height, width]} on both sides. */
final class DeconvolutionTranslation implements Translation<Deconvolution2D> {

    @Override
    public String write(LayerNode node, Deconvolution2D layer) {
        List<AttributeProto> window = SlidingAttributes.attributes(layer);
        if (layer.getConvolutionMode() == ConvolutionMode.Same) {
            window.removeIf(attribute -> attribute.getName().equals("auto_pad"));
            window.add(Attributes.integers("pads", same(layer)));
        }
        INDArray weights = node.parameter(DeconvolutionParamInitializer.WEIGHT_KEY);
        List<String> inputs = new ArrayList<>();
        inputs.add(node.input());
        inputs.add(node.graph().constant(node.part("W"), weights, weights.shape()));
        if (layer.hasBias()) {
            INDArray bias = node.parameter(DeconvolutionParamInitializer.BIAS_KEY);
            inputs.add(node.graph().constant(node.part("b"), bias, bias.length()));
        }
        String output = node.graph()
                .node("ConvTranspose", node.part("ConvTranspose"), inputs, window.toArray(AttributeProto[]::new));
        return Activations.write(node.after(output), layer.getActivationFn());
    }

    /** What has to be cut off so that only the stride makes the image larger, the smaller half in front; begins, then ends. */
    private static LongStream same(Deconvolution2D layer) {
        long[] total = new long[2];
        for (int i = 0; i < 2; i++) {
            long reach = (layer.getKernelSize()[i] - 1L) * layer.getDilation()[i] + 1;
            total[i] = reach - layer.getStride()[i];
            UntranslatableException.require(total[i] >= 0, "its stride is larger than its kernel");
        }
        return LongStream.of(total[0] / 2, total[1] / 2, total[0] - total[0] / 2, total[1] - total[1] / 2);
    }
}
