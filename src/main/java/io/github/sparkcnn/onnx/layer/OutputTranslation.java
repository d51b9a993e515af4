package io.github.sparkcnn.onnx.layer;

import org.deeplearning4j.nn.conf.layers.OutputLayer;

/** A dense layer into the head. */
final class OutputTranslation implements Translation<OutputLayer> {

    @Override
    public String write(LayerNode node, OutputLayer layer) {
        return HeadTranslation.write(node.after(DenseTranslation.gemm(node)), layer.getActivationFn());
    }
}
