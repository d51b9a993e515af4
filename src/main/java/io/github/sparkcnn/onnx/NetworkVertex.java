package io.github.sparkcnn.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One step of a network, the same for both of Deeplearning4j's kinds.
 *
 * @param inputs names of the vertices before it; the network's input is {@link #INPUT}
 * @param parameters empty where there are none
 */
record NetworkVertex(String name, List<String> inputs, GraphVertex vertex, Map<String, INDArray> parameters) {
    static final String INPUT = "";

    /** The network's steps, each after those it takes its input from. */
    static List<NetworkVertex> of(Model network) {
        if (network instanceof MultiLayerNetwork layers) {
            return of(layers);
        }
        if (network instanceof ComputationGraph graph) {
            return of(graph);
        }
        throw new IllegalArgumentException("No network of Deeplearning4j: " + network.getClass());
    }

    private static List<NetworkVertex> of(MultiLayerNetwork network) {
        List<NetworkVertex> vertices = new ArrayList<>();
        String previous = INPUT;
        for (int i = 0; i < network.getnLayers(); i++) {
            NeuralNetConfiguration layer = network.getLayerWiseConfigurations().getConf(i);
            String name = Objects.requireNonNullElse(layer.getLayer().getLayerName(), "layer" + i);
            LayerVertex vertex =
                    new LayerVertex(layer, network.getLayerWiseConfigurations().getInputPreProcess(i));
            vertices.add(new NetworkVertex(name, List.of(previous), vertex, parameters(network.getLayer(i))));
            previous = name;
        }
        return vertices;
    }

    private static List<NetworkVertex> of(ComputationGraph network) {
        List<String> networkInputs = network.getConfiguration().getNetworkInputs();
        if (networkInputs.size() != 1) {
            throw new UntranslatableException("it has " + networkInputs.size() + " inputs");
        }
        List<NetworkVertex> vertices = new ArrayList<>();
        for (int index : network.topologicalSortOrder()) {
            String name = network.getVertices()[index].getVertexName();
            GraphVertex vertex = network.getConfiguration().getVertices().get(name);
            if (vertex != null) {
                List<String> inputs = network.getConfiguration().getVertexInputs().get(name).stream()
                        .map(input -> input.equals(networkInputs.get(0)) ? INPUT : input)
                        .toList();
                vertices.add(new NetworkVertex(name, inputs, vertex, parameters(network.getLayer(name))));
            }
        }
        return vertices;
    }

    private static Map<String, INDArray> parameters(Layer layer) {
        return layer == null || layer.paramTable() == null ? Map.of() : layer.paramTable();
    }
}
