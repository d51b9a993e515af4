package io.github.sparkcnn.onnx.layer;

import java.util.List;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;

/** Deeplearning4j sums over ⌊n / 2⌋ channels on either side; ONNX divides α by the number of channels. */
final class LocalResponseTranslation implements Translation<LocalResponseNormalization> {

    @Override
    public String write(LayerNode node, LocalResponseNormalization layer) {
        UntranslatableException.require(layer.getDataFormat() == CNN2DFormat.NCHW, "its data format is NHWC");
        int size = (int) layer.getN() / 2 * 2 + 1;
        return node.graph()
                .node(
                        "LRN",
                        node.part("LRN"),
                        List.of(node.input()),
                        Attributes.integer("size", size),
                        Attributes.real("alpha", layer.getAlpha() * size),
                        Attributes.real("beta", layer.getBeta()),
                        Attributes.real("bias", layer.getK()));
    }
}
