package io.github.sparkcnn.network.definition;

import io.github.sparkcnn.network.NetworkDefinition;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;

/** The layers of a user's network, of either of Deeplearning4j's kinds; a copy, to be changed. */
interface OwnLayers {

    static OwnLayers of(NetworkDefinition definition) {
        return definition.graph()
                ? new GraphLayers(ComputationGraphConfiguration.fromJson(definition.json()))
                : new ChainLayers(MultiLayerConfiguration.fromJson(definition.json()));
    }

    /** By name, in their order. */
    Map<String, NeuralNetConfiguration> byName();

    List<String> inputs();

    List<String> outputs();

    /** The layers that read the images. */
    List<String> first();

    BackpropType backpropagation();

    /**
     * Sets what is left open for images of this shape.
     *
     * @return what the output layer makes of them
     * @throws Misfit naming the layer that does not take what it gets
     */
    InputType fit(InputType images);

    /** The definition as it is now, its initial parameters drawn from the seed. */
    NetworkDefinition definition(long seed);

    /** A layer before its first step. */
    static void begin(NeuralNetConfiguration layer, long seed) {
        layer.setSeed(seed);
        layer.setIterationCount(0);
        layer.setEpochCount(0);
    }
}
