package io.github.sparkcnn.onnx.layer;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One layer of the network where it stands in the graph.
 *
 * @param graph to write to
 * @param name of the layer, unique in the network
 * @param input name of the tensor it takes
 * @param parameters as Deeplearning4j names them
 */
public record LayerNode(OnnxGraph graph, String name, String input, Map<String, INDArray> parameters) {

    /** The name of something that belongs to this layer. */
    public String part(String part) {
        return name + "/" + part;
    }

    public INDArray parameter(String key) {
        return parameters.get(key);
    }

    public LayerNode after(String tensor) {
        return new LayerNode(graph, name, tensor, parameters);
    }
}
