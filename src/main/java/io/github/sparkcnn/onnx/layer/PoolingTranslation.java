package io.github.sparkcnn.onnx.layer;

import java.util.List;
import onnx.Onnx.AttributeProto;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;

final class PoolingTranslation implements Translation<SubsamplingLayer> {

    @Override
    public String write(LayerNode node, SubsamplingLayer layer) {
        List<AttributeProto> window = SlidingAttributes.attributes(layer);
        boolean average = layer.getPoolingType() == PoolingType.AVG;
        UntranslatableException.require(
                average || layer.getPoolingType() == PoolingType.MAX, "its pooling is " + layer.getPoolingType());
        if (average) {
            // AveragePool knows no dilation before opset 19.
            window.removeIf(attribute -> attribute.getName().equals("dilations"));
            window.add(Attributes.integer("count_include_pad", layer.isAvgPoolIncludePadInDivisor() ? 1 : 0));
        }
        String operator = average ? "AveragePool" : "MaxPool";
        return node.graph()
                .node(operator, node.part(operator), List.of(node.input()), window.toArray(AttributeProto[]::new));
    }
}
