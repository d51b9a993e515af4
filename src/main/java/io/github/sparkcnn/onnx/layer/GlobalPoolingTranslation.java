package io.github.sparkcnn.onnx.layer;

import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;

/** Over height and width, down to {@code [N, channels]}, or to one pixel where asked. */
final class GlobalPoolingTranslation implements Translation<GlobalPoolingLayer> {
    private static final int[] HEIGHT_AND_WIDTH = {2, 3};

    @Override
    public String write(LayerNode node, GlobalPoolingLayer layer) {
        int[] pooled = layer.getPoolingDimensions();
        UntranslatableException.require(
                pooled == null || Arrays.equals(pooled, HEIGHT_AND_WIDTH),
                "it pools over dimensions " + Arrays.toString(pooled));
        if (layer.getPoolingType() == PoolingType.SUM) {
            String over = node.graph().constant(node.part("over"), new long[] {2, 3});
            return node.graph()
                    .node(
                            "ReduceSum",
                            node.part("ReduceSum"),
                            List.of(node.input(), over),
                            Attributes.integer("keepdims", layer.isCollapseDimensions() ? 0 : 1));
        }
        String operator = switch (layer.getPoolingType()) {
            case AVG -> "GlobalAveragePool";
            case MAX -> "GlobalMaxPool";
            default -> throw new UntranslatableException("its pooling is " + layer.getPoolingType());
        };
        String output = node.graph().node(operator, node.part(operator), List.of(node.input()));
        return layer.isCollapseDimensions()
                ? node.graph().node("Flatten", node.part("Flatten"), List.of(output), Attributes.integer("axis", 1))
                : output;
    }
}
