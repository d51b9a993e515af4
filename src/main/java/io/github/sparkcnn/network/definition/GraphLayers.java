package io.github.sparkcnn.network.definition;

import io.github.sparkcnn.network.NetworkDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;

/** Those of a graph, whose other vertices have nothing to set. */
record GraphLayers(ComputationGraphConfiguration network) implements OwnLayers {

    @Override
    public Map<String, NeuralNetConfiguration> byName() {
        Map<String, NeuralNetConfiguration> layers = new LinkedHashMap<>();
        vertices().forEach((name, vertex) -> layers.put(name, vertex.getLayerConf()));
        return layers;
    }

    private Map<String, LayerVertex> vertices() {
        Map<String, LayerVertex> layers = new LinkedHashMap<>();
        network.getVertices().forEach((name, vertex) -> {
            if (vertex instanceof LayerVertex layer) {
                layers.put(name, layer);
            }
        });
        return layers;
    }

    @Override
    public List<String> inputs() {
        return network.getNetworkInputs();
    }

    @Override
    public List<String> first() {
        return vertices().keySet().stream()
                .filter(name -> network.getVertexInputs().get(name).stream().anyMatch(inputs()::contains))
                .toList();
    }

    @Override
    public List<String> outputs() {
        return network.getNetworkOutputs();
    }

    @Override
    public BackpropType backpropagation() {
        return network.getBackpropType();
    }

    @Override
    public InputType fit(InputType images) {
        Map<String, LayerInput> inputs = new LinkedHashMap<>();
        vertices()
                .forEach((name, vertex) -> inputs.put(
                        name, LayerInput.of(name, vertex.getLayerConf().getLayer())));
        Map<String, InputType> types = types(images);
        vertices().forEach((name, vertex) -> {
            InputType type = types.get(network.getVertexInputs().get(name).get(0));
            LayerInput.requireRoom(name, types.get(name));
            inputs.get(name).requireSame(vertex.getPreProcessor(), type);
            inputs.get(name).requireSame();
        });
        return types.get(outputs().get(0));
    }

    private Map<String, InputType> types(InputType images) {
        try {
            return network.getLayerActivationTypes(true, true, images);
        } catch (RuntimeException e) {
            throw LayerInput.wrong("of the graph", e);
        }
    }

    @Override
    public NetworkDefinition definition(long seed) {
        network.getDefaultConfiguration().setSeed(seed);
        byName().values().forEach(layer -> OwnLayers.begin(layer, seed));
        network.setIterationCount(0);
        network.setEpochCount(0);
        return new NetworkDefinition(network.toJson(), true);
    }
}
