package io.github.sparkcnn.network;

import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;

/** A copy of a network's configuration that can be changed layer by layer, the same for both of Deeplearning4j's kinds. */
interface LayerConfigurations {

    /** The layers by name, in the order of their parameters; thawed if they were frozen. */
    Map<String, NeuralNetConfiguration> layers();

    /** Freezes a layer and all that comes before it. */
    void freezeUpTo(String last);

    /** What has been made of it, with no steps counted. */
    NetworkDefinition definition();

    /** What a layer does when it is not frozen. */
    static Layer thawed(Layer layer) {
        return layer instanceof FrozenLayer frozen ? frozen.getLayer() : layer;
    }

    /** Freezes one layer. */
    static void freeze(NeuralNetConfiguration configuration) {
        Layer layer = configuration.getLayer();
        FrozenLayer frozen = new FrozenLayer(layer);
        frozen.setLayerName(layer.getLayerName());
        configuration.setLayer(frozen);
    }

    /** Forgets the steps that a layer has counted. */
    static void resetCounts(NeuralNetConfiguration configuration) {
        configuration.setIterationCount(0);
        configuration.setEpochCount(0);
    }
}
