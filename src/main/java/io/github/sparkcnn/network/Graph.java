package io.github.sparkcnn.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Layers and other vertices in topological order, with one output. */
final class Graph extends Network {

    private final ComputationGraph model;

    Graph(ComputationGraph model) {
        this.model = model;
    }

    @Override
    public ComputationGraph model() {
        return model;
    }

    @Override
    public Optional<MultiLayerNetwork> chain() {
        return Optional.empty();
    }

    @Override
    public List<NetworkNode> nodes() {
        List<NetworkNode> nodes = new ArrayList<>();
        for (int index : model.topologicalSortOrder()) {
            GraphVertex vertex = model.getVertices()[index];
            String name = vertex.getVertexName();
            if (!inputNames().contains(name)) {
                nodes.add(new NetworkNode(
                        name,
                        name,
                        model.getConfiguration().getVertices().get(name),
                        vertex.hasLayer() ? vertex.getLayer() : null,
                        model.getConfiguration().getVertexInputs().get(name)));
            }
        }
        return nodes;
    }

    @Override
    public List<Layer> layers() {
        return List.of(model.getLayers());
    }

    @Override
    public List<String> inputNames() {
        return model.getConfiguration().getNetworkInputs();
    }

    @Override
    public List<String> outputNames() {
        return model.getConfiguration().getNetworkOutputs();
    }

    @Override
    public BaseMultiLayerUpdater<?> updater() {
        return model.getUpdater();
    }

    @Override
    public int iteration() {
        return model.getIterationCount();
    }

    @Override
    public int epoch() {
        return model.getEpochCount();
    }

    @Override
    public void countIteration() {
        model.getConfiguration().setIterationCount(model.getIterationCount() + 1);
    }

    @Override
    public void count(int iterations, int epochs) {
        model.getConfiguration().setIterationCount(iterations);
        model.getConfiguration().setEpochCount(epochs);
    }

    @Override
    public double regularization() {
        return model.calcRegularizationScore(true);
    }

    @Override
    public double gradientAndScore(INDArray images, INDArray labels) {
        model.setInputs(images);
        model.setLabels(labels);
        model.computeGradientAndScore();
        model.clearLayersStates();
        return model.score();
    }

    @Override
    public INDArray output(INDArray images) {
        return model.outputSingle(images);
    }

    @Override
    public NetworkDefinition definition() {
        return new NetworkDefinition(model.getConfiguration().toJson(), true);
    }

    @Override
    LayerConfigurations configurations() {
        return new GraphConfigurations(model, model.getConfiguration().clone());
    }

    @Override
    Map<String, InputType> activationTypes(InputType input) {
        return model.getConfiguration().getLayerActivationTypes(true, false, input);
    }

    @Override
    Map<String, Long> parameterCounts() {
        return model.getConfiguration().getVertices().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, vertex -> vertex.getValue().numParams(true)));
    }

    @Override
    long updaterValues() {
        return model.getConfiguration().getVertices().values().stream()
                .filter(LayerVertex.class::isInstance)
                .map(LayerVertex.class::cast)
                .mapToLong(vertex -> LongestArray.updaterValues(vertex.getLayerConf()))
                .sum();
    }

    @Override
    void initGradient() {
        model.initGradientsView();
    }
}
