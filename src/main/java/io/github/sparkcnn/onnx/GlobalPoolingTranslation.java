package io.github.sparkcnn.onnx;

import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;

/** Over height and width, down to {@code [N, channels]}. */
final class GlobalPoolingTranslation implements Translation<GlobalPoolingLayer> {
    private static final int[] HEIGHT_AND_WIDTH = {2, 3};

    @Override
    public String write(LayerNode node, GlobalPoolingLayer layer) {
        UntranslatableException.require(layer.isCollapseDimensions(), "it keeps the pooled dimensions");
        int[] pooled = layer.getPoolingDimensions();
        UntranslatableException.require(
                pooled == null || Arrays.equals(pooled, HEIGHT_AND_WIDTH),
                "it pools over dimensions " + Arrays.toString(pooled));
        String operator = switch (layer.getPoolingType()) {
            case AVG -> "GlobalAveragePool";
            case MAX -> "GlobalMaxPool";
            default -> throw new UntranslatableException("its pooling is " + layer.getPoolingType());
        };
        String output = node.graph().node(operator, node.part(operator), List.of(node.input()));
        return node.graph().node("Flatten", node.part("Flatten"), List.of(output), Attributes.integer("axis", 1));
    }
}
