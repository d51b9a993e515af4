package io.github.sparkcnn.kernel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What a {@code MultiLayerNetwork} and a {@code ComputationGraph} have in common, without their common names for it. */
interface FlatNetwork {

    /**
     * One layer or vertex in the order of the flat parameters.
     *
     * @param layer null for a vertex that is no layer
     * @param vertex null in a {@code MultiLayerNetwork}
     */
    record Node(String name, Layer layer, GraphVertex vertex, InputPreProcessor preProcessor, List<String> inputs) {}

    static FlatNetwork of(Model model) {
        if (model instanceof MultiLayerNetwork network) {
            return new Sequential(network);
        }
        if (model instanceof ComputationGraph graph) {
            return new Graph(graph);
        }
        throw new IllegalArgumentException("neither MultiLayerNetwork nor ComputationGraph: " + model.getClass());
    }

    Model model();

    /** All parameters, {@code [1, n]} or {@code [n]}, in place. */
    INDArray parameters();

    /** The gradient of all parameters, in place, in their order. */
    INDArray gradient();

    BaseMultiLayerUpdater<?> updater();

    List<Node> nodes();

    /** Name of the node whose output the network's loss reads, and of what the first node reads. */
    String inputName();

    int iteration();

    int epoch();

    void countIteration();

    double regularization();

    /** Where each parameter starts in the flat views, by node name and parameter name. */
    default Map<String, Map<String, Long>> offsets() {
        Map<String, Map<String, Long>> offsets = new LinkedHashMap<>();
        long offset = 0;
        for (Node node : nodes()) {
            if (node.layer() == null) {
                continue;
            }
            Map<String, Long> ofLayer = new LinkedHashMap<>();
            for (Map.Entry<String, INDArray> parameter :
                    node.layer().paramTable(false).entrySet()) {
                ofLayer.put(parameter.getKey(), offset);
                offset += parameter.getValue().length();
            }
            offsets.put(node.name(), ofLayer);
        }
        if (offset != parameters().length()) {
            throw new IllegalStateException("layers have " + offset + " parameters, the network "
                    + parameters().length());
        }
        return offsets;
    }

    /** A chain of layers, named by their position as in DL4J. */
    record Sequential(MultiLayerNetwork network) implements FlatNetwork {

        public Sequential {
            if (network.getGradientsViewArray() == null) {
                network.initGradientsView();
            }
        }

        @Override
        public Model model() {
            return network;
        }

        @Override
        public INDArray parameters() {
            return network.params();
        }

        @Override
        public INDArray gradient() {
            return network.getGradientsViewArray();
        }

        @Override
        public BaseMultiLayerUpdater<?> updater() {
            return (BaseMultiLayerUpdater<?>) network.getUpdater();
        }

        @Override
        public List<Node> nodes() {
            List<Node> nodes = new ArrayList<>();
            for (int i = 0; i < network.getnLayers(); i++) {
                String before = i == 0 ? inputName() : String.valueOf(i - 1);
                nodes.add(new Node(
                        String.valueOf(i),
                        network.getLayer(i),
                        null,
                        network.getLayerWiseConfigurations().getInputPreProcess(i),
                        List.of(before)));
            }
            return nodes;
        }

        @Override
        public String inputName() {
            return "input";
        }

        @Override
        public int iteration() {
            return network.getIterationCount();
        }

        @Override
        public int epoch() {
            return network.getEpochCount();
        }

        @Override
        public void countIteration() {
            network.setIterationCount(network.getIterationCount() + 1);
        }

        @Override
        public double regularization() {
            return network.calcRegularizationScore(true);
        }
    }

    /** A graph with one input and one output, in topological order. */
    record Graph(ComputationGraph network) implements FlatNetwork {

        public Graph {
            if (network.getGradientsViewArray() == null) {
                network.initGradientsView();
            }
        }

        @Override
        public Model model() {
            return network;
        }

        @Override
        public INDArray parameters() {
            return network.params();
        }

        @Override
        public INDArray gradient() {
            return network.getGradientsViewArray();
        }

        @Override
        public BaseMultiLayerUpdater<?> updater() {
            return network.getUpdater();
        }

        @Override
        public List<Node> nodes() {
            List<Node> nodes = new ArrayList<>();
            for (int index : network.topologicalSortOrder()) {
                GraphVertex vertex = network.getVertices()[index];
                String name = vertex.getVertexName();
                if (network.getConfiguration().getNetworkInputs().contains(name)) {
                    continue;
                }
                InputPreProcessor before = vertex instanceof org.deeplearning4j.nn.graph.vertex.impl.LayerVertex ofLayer
                        ? ofLayer.getLayerPreProcessor()
                        : null;
                nodes.add(new Node(
                        name,
                        vertex.hasLayer() ? vertex.getLayer() : null,
                        vertex,
                        before,
                        network.getConfiguration().getVertexInputs().get(name)));
            }
            return nodes;
        }

        @Override
        public String inputName() {
            return network.getConfiguration().getNetworkInputs().get(0);
        }

        @Override
        public int iteration() {
            return network.getIterationCount();
        }

        @Override
        public int epoch() {
            return network.getEpochCount();
        }

        @Override
        public void countIteration() {
            network.getConfiguration().setIterationCount(network.getIterationCount() + 1);
        }

        @Override
        public double regularization() {
            return network.calcRegularizationScore(true);
        }
    }
}
