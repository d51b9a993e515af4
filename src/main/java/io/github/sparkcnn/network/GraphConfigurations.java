package io.github.sparkcnn.network;

import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.FrozenVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** Those of layers among other vertices. */
final class GraphConfigurations implements LayerConfigurations {
    private final ComputationGraphConfiguration network;
    /** Vertices in topological order, {@code null} for those that are no layers. */
    private final Map<String, NeuralNetConfiguration> vertices = new LinkedHashMap<>();

    GraphConfigurations(ComputationGraph original, ComputationGraphConfiguration network) {
        this.network = network;
        for (int index : original.topologicalSortOrder()) {
            String name = original.getVertices()[index].getVertexName();
            GraphVertex vertex = network.getVertices().get(name);
            if (vertex instanceof FrozenVertex frozen) {
                network.getVertices().put(name, frozen.getUnderlying());
            }
            if (vertex instanceof LayerVertex layer) {
                layer.getLayerConf()
                        .setLayer(
                                LayerConfigurations.thawed(layer.getLayerConf().getLayer()));
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
                LayerConfigurations.freeze(vertex.getValue());
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
