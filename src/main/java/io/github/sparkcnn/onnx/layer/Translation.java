package io.github.sparkcnn.onnx.layer;

import org.deeplearning4j.nn.conf.layers.Layer;

/** Writes one kind of layer as it is in evaluation mode. */
@FunctionalInterface
interface Translation<L extends Layer> {

    /**
     * Adds the layer's nodes.
     *
     * @return the name of its output
     * @throws UntranslatableException where ONNX or this translation has nothing that computes the same
     */
    String write(LayerNode node, L layer);
}
