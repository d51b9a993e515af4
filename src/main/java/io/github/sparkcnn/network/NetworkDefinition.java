package io.github.sparkcnn.network;

import java.io.Serializable;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;

/**
 * A network without its numbers, as it travels to workers.
 *
 * @param json Deeplearning4j's configuration
 * @param graph whether it is a ComputationGraph's
 */
public record NetworkDefinition(String json, boolean graph) implements Serializable {

    /** A network of this definition whose numbers are yet to be set. */
    public Network build() {
        Network network = unbuilt();
        network.model().init();
        return network;
    }

    /** The same without arrays for the numbers. */
    public Network unbuilt() {
        return graph
                ? Network.of(ComputationGraphConfiguration.fromJson(json))
                : Network.of(MultiLayerConfiguration.fromJson(json));
    }
}
