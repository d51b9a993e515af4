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
abstract class FlatNetwork {

    private final Model model;

    /**
     * One layer or vertex in the order of the flat parameters.
     *
     * @param layer null for a vertex that is no layer
     * @param vertex null in a {@code MultiLayerNetwork}
     */
    record Node(String name, Layer layer, GraphVertex vertex, InputPreProcessor preProcessor, List<String> inputs) {}

    private FlatNetwork(Model model) {
        this.model = model;
    }

    static FlatNetwork of(Model model) {
        if (model instanceof MultiLayerNetwork network) {
            return new Sequential(network);
        }
        if (model instanceof ComputationGraph graph) {
            return new Graph(graph);
        }
        throw new IllegalArgumentException("neither MultiLayerNetwork nor ComputationGraph: " + model.getClass());
    }

    final Model model() {
        return model;
    }

    /** All parameters, {@code [1, n]} or {@code [n]}, in place. */
    final INDArray parameters() {
        return model.params();
    }

    /** The gradient of all parameters, in place, in their order. */
    final INDArray gradient() {
        return model.getGradientsViewArray();
    }

    abstract BaseMultiLayerUpdater<?> updater();

    abstract List<Node> nodes();

    /** What the first node reads. */
    abstract String inputName();

    abstract int iteration();

    abstract int epoch();

    abstract void countIteration();

    abstract double regularization();

    /** Where each parameter starts in the flat views, by node name and parameter name. */
    final Map<String, Map<String, Long>> offsets() {
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
    private static final class Sequential extends FlatNetwork {
        private final MultiLayerNetwork network;

        Sequential(MultiLayerNetwork network) {
            super(network);
            this.network = network;
            if (network.getGradientsViewArray() == null) {
                network.initGradientsView();
            }
        }

        @Override
        BaseMultiLayerUpdater<?> updater() {
            return (BaseMultiLayerUpdater<?>) network.getUpdater();
        }

        @Override
        List<Node> nodes() {
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
        String inputName() {
            return "input";
        }

        @Override
        int iteration() {
            return network.getIterationCount();
        }

        @Override
        int epoch() {
            return network.getEpochCount();
        }

        @Override
        void countIteration() {
            network.setIterationCount(network.getIterationCount() + 1);
        }

        @Override
        double regularization() {
            return network.calcRegularizationScore(true);
        }
    }

    /** A graph with one input and one output, in topological order. */
    private static final class Graph extends FlatNetwork {
        private final ComputationGraph network;

        Graph(ComputationGraph network) {
            super(network);
            this.network = network;
            if (network.getGradientsViewArray() == null) {
                network.initGradientsView();
            }
        }

        @Override
        BaseMultiLayerUpdater<?> updater() {
            return network.getUpdater();
        }

        @Override
        List<Node> nodes() {
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
        String inputName() {
            return network.getConfiguration().getNetworkInputs().get(0);
        }

        @Override
        int iteration() {
            return network.getIterationCount();
        }

        @Override
        int epoch() {
            return network.getEpochCount();
        }

        @Override
        void countIteration() {
            network.getConfiguration().setIterationCount(network.getIterationCount() + 1);
        }

        @Override
        double regularization() {
            return network.calcRegularizationScore(true);
        }
    }
}
