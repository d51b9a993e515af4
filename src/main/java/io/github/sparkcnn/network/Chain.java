package io.github.sparkcnn.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A chain of layers. */
final class Chain extends Network {

    private static final String INPUT = "input";

    private final MultiLayerNetwork model;

    Chain(MultiLayerNetwork model) {
        this.model = model;
    }

    @Override
    public MultiLayerNetwork model() {
        return model;
    }

    @Override
    public Optional<MultiLayerNetwork> chain() {
        return Optional.of(model);
    }

    @Override
    public List<NetworkNode> nodes() {
        MultiLayerConfiguration configuration = model.getLayerWiseConfigurations();
        List<NetworkNode> nodes = new ArrayList<>();
        for (int i = 0; i < model.getnLayers(); i++) {
            NeuralNetConfiguration layer = configuration.getConf(i);
            nodes.add(new NetworkNode(
                    String.valueOf(i),
                    NetworkNode.name(layer.getLayer().getLayerName(), i),
                    new LayerVertex(layer, configuration.getInputPreProcess(i)),
                    model.getLayer(i),
                    List.of(i == 0 ? INPUT : String.valueOf(i - 1))));
        }
        return nodes;
    }

    @Override
    public List<Layer> layers() {
        return List.of(model.getLayers());
    }

    @Override
    public List<String> inputNames() {
        return List.of(INPUT);
    }

    @Override
    public List<String> outputNames() {
        return List.of(String.valueOf(model.getnLayers() - 1));
    }

    @Override
    public BaseMultiLayerUpdater<?> updater() {
        return (BaseMultiLayerUpdater<?>) model.getUpdater();
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
        model.setIterationCount(model.getIterationCount() + 1);
    }

    @Override
    public void count(int iterations, int epochs) {
        model.setIterationCount(iterations);
        model.setEpochCount(epochs);
    }

    @Override
    public double regularization() {
        return model.calcRegularizationScore(true);
    }

    @Override
    public double gradientAndScore(INDArray images, INDArray labels) {
        model.setInput(images);
        model.setLabels(labels);
        model.computeGradientAndScore();
        model.clearLayersStates();
        return model.score();
    }

    @Override
    public INDArray output(INDArray images) {
        return model.output(images, false);
    }

    @Override
    public NetworkDefinition definition() {
        return new NetworkDefinition(model.getLayerWiseConfigurations().toJson(), false);
    }

    @Override
    LayerConfigurations configurations() {
        return new ChainConfigurations(model.getLayerWiseConfigurations().clone());
    }

    @Override
    Map<String, InputType> activationTypes(InputType input) {
        List<InputType> types = model.getLayerWiseConfigurations().getLayerActivationTypes(input);
        return IntStream.range(0, types.size()).boxed().collect(Collectors.toMap(String::valueOf, types::get));
    }

    @Override
    Map<String, Long> parameterCounts() {
        List<NeuralNetConfiguration> layers = model.getLayerWiseConfigurations().getConfs();
        return IntStream.range(0, layers.size())
                .boxed()
                .collect(Collectors.toMap(String::valueOf, i -> new LayerVertex(layers.get(i), null).numParams(true)));
    }

    @Override
    long updaterValues() {
        return model.getLayerWiseConfigurations().getConfs().stream()
                .mapToLong(LongestArray::updaterValues)
                .sum();
    }

    @Override
    void initGradient() {
        model.initGradientsView();
    }
}
