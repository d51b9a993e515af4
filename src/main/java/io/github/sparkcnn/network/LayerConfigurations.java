package io.github.sparkcnn.network;

import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.FrozenVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** A copy of a network's configuration that can be changed layer by layer, the same for both of Deeplearning4j's kinds. */
interface LayerConfigurations {

    static LayerConfigurations copyOf(Model network) {
        return network instanceof ComputationGraph graph
                ? new OfGraph(graph, graph.getConfiguration().clone())
                : new OfLayers(((MultiLayerNetwork) network)
                        .getLayerWiseConfigurations()
                        .clone());
    }

    /** The layers by name, in the order of their parameters; thawed if they were frozen. */
    Map<String, NeuralNetConfiguration> layers();

    /** Freezes a layer and all that comes before it. */
    void freezeUpTo(String last);

    /** What has been made of it, with no steps counted. */
    NetworkDefinition definition();

    private static Layer thawed(Layer layer) {
        return layer instanceof FrozenLayer frozen ? frozen.getLayer() : layer;
    }

    private static void freeze(NeuralNetConfiguration configuration) {
        Layer layer = configuration.getLayer();
        FrozenLayer frozen = new FrozenLayer(layer);
        frozen.setLayerName(layer.getLayerName());
        configuration.setLayer(frozen);
    }

    private static void resetCounts(NeuralNetConfiguration configuration) {
        configuration.setIterationCount(0);
        configuration.setEpochCount(0);
    }

    /** A chain of layers. */
    final class OfLayers implements LayerConfigurations {
        private final MultiLayerConfiguration network;
        private final Map<String, NeuralNetConfiguration> layers = new LinkedHashMap<>();

        OfLayers(MultiLayerConfiguration network) {
            this.network = network;
            for (NeuralNetConfiguration configuration : network.getConfs()) {
                configuration.setLayer(thawed(configuration.getLayer()));
                String name = configuration.getLayer().getLayerName();
                layers.put(name == null ? "layer" + layers.size() : name, configuration);
            }
        }

        @Override
        public Map<String, NeuralNetConfiguration> layers() {
            return layers;
        }

        @Override
        public void freezeUpTo(String last) {
            for (Map.Entry<String, NeuralNetConfiguration> layer : layers.entrySet()) {
                freeze(layer.getValue());
                if (layer.getKey().equals(last)) {
                    return;
                }
            }
        }

        @Override
        public NetworkDefinition definition() {
            layers.values().forEach(LayerConfigurations::resetCounts);
            network.setIterationCount(0);
            network.setEpochCount(0);
            return new NetworkDefinition(network.toJson(), false);
        }
    }

    /** Layers among other vertices. */
    final class OfGraph implements LayerConfigurations {
        private final ComputationGraphConfiguration network;
        /** Vertices in topological order, {@code null} for those that are no layers. */
        private final Map<String, NeuralNetConfiguration> vertices = new LinkedHashMap<>();

        OfGraph(ComputationGraph original, ComputationGraphConfiguration network) {
            this.network = network;
            for (int index : original.topologicalSortOrder()) {
                String name = original.getVertices()[index].getVertexName();
                GraphVertex vertex = network.getVertices().get(name);
                if (vertex instanceof FrozenVertex frozen) {
                    network.getVertices().put(name, frozen.getUnderlying());
                }
                if (vertex instanceof LayerVertex layer) {
                    layer.getLayerConf().setLayer(thawed(layer.getLayerConf().getLayer()));
                    vertices.put(name, layer.getLayerConf());
                } else if (vertex != null) {
                    vertices.put(name, null);
                }
            }
        }

        @Override
        public Map<String, NeuralNetConfiguration> layers() {
            Map<String, NeuralNetConfiguration> layers = new LinkedHashMap<>(vertices);
            layers.values().removeIf(configuration -> configuration == null);
            return layers;
        }

        @Override
        public void freezeUpTo(String last) {
            for (Map.Entry<String, NeuralNetConfiguration> vertex : vertices.entrySet()) {
                if (vertex.getValue() == null) {
                    // A frozen layer passes no gradient on, and a sum without one fails.
                    network.getVertices().computeIfPresent(vertex.getKey(), (name, sum) -> new FrozenVertex(sum));
                } else {
                    freeze(vertex.getValue());
                }
                if (vertex.getKey().equals(last)) {
                    return;
                }
            }
        }

        @Override
        public NetworkDefinition definition() {
            layers().values().forEach(LayerConfigurations::resetCounts);
            network.setIterationCount(0);
            network.setEpochCount(0);
            return new NetworkDefinition(network.toJson(), true);
        }
    }
}
