package io.github.sparkcnn.network;

import java.io.Serializable;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * A network without its numbers, as it travels to workers.
 *
 * @param json Deeplearning4j's configuration
 * @param graph whether it is a ComputationGraph's
 */
public record NetworkDefinition(String json, boolean graph) implements Serializable {

    /** The definition of a network. */
    public static NetworkDefinition of(Model network) {
        return network instanceof ComputationGraph branches
                ? new NetworkDefinition(branches.getConfiguration().toJson(), true)
                : new NetworkDefinition(
                        ((MultiLayerNetwork) network)
                                .getLayerWiseConfigurations()
                                .toJson(),
                        false);
    }

    /** A network of this definition whose numbers are yet to be set. */
    public Model build() {
        Model network = graph
                ? new ComputationGraph(ComputationGraphConfiguration.fromJson(json))
                : new MultiLayerNetwork(MultiLayerConfiguration.fromJson(json));
        network.init();
        return network;
    }
}
