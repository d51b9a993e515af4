package io.github.sparkcnn.network.definition;

import io.github.sparkcnn.network.NetworkDefinition;
import io.github.sparkcnn.network.NetworkNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;

/** Those of a chain. */
record ChainLayers(MultiLayerConfiguration network) implements OwnLayers {

    @Override
    public Map<String, NeuralNetConfiguration> byName() {
        Map<String, NeuralNetConfiguration> layers = new LinkedHashMap<>();
        for (int i = 0; i < network.getConfs().size(); i++) {
            if (layers.put(name(i), network.getConf(i)) != null) {
                throw new Misfit("two layers are called " + name(i), "Give each a name of its own");
            }
        }
        return layers;
    }

    private String name(int position) {
        return NetworkNode.name(network.getConf(position).getLayer().getLayerName(), position);
    }

    @Override
    public List<String> inputs() {
        return List.of("input");
    }

    @Override
    public List<String> first() {
        return List.of(name(0));
    }

    @Override
    public List<String> outputs() {
        return List.of(name(network.getConfs().size() - 1));
    }

    @Override
    public BackpropType backpropagation() {
        return network.getBackpropType();
    }

    @Override
    public InputType fit(InputType images) {
        Map<Integer, InputPreProcessor> before = new LinkedHashMap<>(network.getInputPreProcessors());
        InputType type = images;
        for (int i = 0; i < network.getConfs().size(); i++) {
            Layer layer = network.getConf(i).getLayer();
            LayerInput input = LayerInput.of(name(i), layer);
            try {
                InputPreProcessor own = before.containsKey(i) ? before.get(i) : layer.getPreProcessorForInputType(type);
                if (own != null) {
                    input.requireSame(own, type);
                    before.put(i, own);
                    type = own.getOutputType(type);
                }
                layer.setNIn(type, true);
                input.requireSame();
                type = layer.getOutputType(i, type);
                LayerInput.requireRoom(name(i), type);
            } catch (RuntimeException e) {
                throw LayerInput.wrong(name(i), e);
            }
        }
        network.setInputPreProcessors(before);
        return type;
    }

    @Override
    public NetworkDefinition definition(long seed) {
        network.getConfs().forEach(layer -> OwnLayers.begin(layer, seed));
        network.setIterationCount(0);
        network.setEpochCount(0);
        return new NetworkDefinition(network.toJson(), false);
    }
}
