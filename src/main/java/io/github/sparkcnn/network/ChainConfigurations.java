package io.github.sparkcnn.network;

import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;

/** Those of a chain of layers. */
final class ChainConfigurations implements LayerConfigurations {
    private final MultiLayerConfiguration network;
    private final Map<String, NeuralNetConfiguration> layers = new LinkedHashMap<>();

    ChainConfigurations(MultiLayerConfiguration network) {
        this.network = network;
        for (NeuralNetConfiguration configuration : network.getConfs()) {
            configuration.setLayer(LayerConfigurations.thawed(configuration.getLayer()));
            layers.put(NetworkNode.name(configuration.getLayer().getLayerName(), layers.size()), configuration);
        }
    }

    @Override
    public Map<String, NeuralNetConfiguration> layers() {
        return layers;
    }

    @Override
    public void freezeUpTo(String last) {
        for (Map.Entry<String, NeuralNetConfiguration> layer : layers.entrySet()) {
            LayerConfigurations.freeze(layer.getValue());
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
