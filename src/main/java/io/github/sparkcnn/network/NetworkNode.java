package io.github.sparkcnn.network;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.FrozenVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A layer of a network, or a vertex between layers.
 *
 * @param key what Deeplearning4j calls it: a layer's position in a chain, a vertex's name in a graph
 * @param name what we call it: its own, or in a chain that gives it none the word layer with its number
 * @param configuration in a chain, too, a LayerVertex
 * @param layer null for a vertex that is no layer
 * @param inputs keys of what it reads
 */
public record NetworkNode(String key, String name, GraphVertex configuration, Layer layer, List<String> inputs) {

    /** The rule for a layer of a chain that has no name of its own. */
    public static String name(String given, int position) {
        return given == null ? "layer" + position : given;
    }

    /** Whether it is a layer. */
    public boolean isLayer() {
        return layer != null;
    }

    /** What Deeplearning4j calls a layer of this kind, frozen or not: {@code ConvolutionLayer}. */
    public String kind() {
        var own = layer.conf().getLayer();
        return (own instanceof FrozenLayer frozen ? frozen.getLayer() : own)
                .getClass()
                .getSimpleName();
    }

    /** What a vertex does; a frozen one does what it did before. */
    public GraphVertex thawed() {
        return configuration instanceof FrozenVertex frozen ? frozen.getUnderlying() : configuration;
    }

    /** What its input goes through; null for nothing. */
    public InputPreProcessor preProcessor() {
        return configuration instanceof LayerVertex vertex ? vertex.getPreProcessor() : null;
    }

    /** Its parameters by Deeplearning4j's names, in place. */
    public Map<String, INDArray> parameters() {
        return layer == null || layer.paramTable() == null ? Map.of() : layer.paramTable();
    }
}
