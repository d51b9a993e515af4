package io.github.sparkcnn.network;

import io.github.sparkcnn.image.ImageShape;
import java.io.IOException;
import java.io.OutputStream;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A network of Deeplearning4j, whichever of its two kinds: a chain of layers (MultiLayerNetwork) or a graph with one output
 * (ComputationGraph). Nothing outside this package has to know which. Its numbers lie in flat arrays, which it lends in place.
 */
public abstract sealed class Network permits Chain, Graph {

    /** The network that a model of Deeplearning4j is; they share everything. */
    public static Network of(Model model) {
        if (model instanceof MultiLayerNetwork layers) {
            return new Chain(layers);
        }
        if (model instanceof ComputationGraph graph) {
            return new Graph(graph);
        }
        throw new IllegalArgumentException("neither MultiLayerNetwork nor ComputationGraph: " + model.getClass());
    }

    /** A chain of layers without numbers. */
    public static Network of(MultiLayerConfiguration configuration) {
        return new Chain(new MultiLayerNetwork(configuration));
    }

    /** A graph of layers without numbers. */
    public static Network of(ComputationGraphConfiguration configuration) {
        return new Graph(new ComputationGraph(configuration));
    }

    /**
     * Reads what {@link #write} wrote, or Deeplearning4j's ModelSerializer.
     *
     * @throws IOException saying what is wrong with the bytes
     */
    public static Network read(byte[] zip) throws IOException {
        return NetworkZip.read(zip);
    }

    /** The model of Deeplearning4j, for its own tools. */
    public abstract Model model();

    /** The layers behind each other, for Deeplearning4j's training master, which takes no graph. */
    public abstract Optional<MultiLayerNetwork> chain();

    /** Layers and vertices, each behind those it reads. */
    public abstract List<NetworkNode> nodes();

    /** The layers in the order of their parameters. */
    public abstract List<Layer> layers();

    /** The nodes that are layers, in the order of {@link #layers}. */
    public final List<NetworkNode> layerNodes() {
        IdentityHashMap<Layer, NetworkNode> byLayer = new IdentityHashMap<>();
        nodes().forEach(node -> byLayer.put(node.layer(), node));
        return layers().stream().map(byLayer::get).toList();
    }

    /** The key by which the first node knows the images. */
    public final String inputName() {
        return inputNames().get(0);
    }

    /** The keys of all inputs. */
    public abstract List<String> inputNames();

    /** The keys of all outputs. */
    public abstract List<String> outputNames();

    /** Deeplearning4j's updater, which is made at the first call. */
    public abstract BaseMultiLayerUpdater<?> updater();

    /** Optimizer steps taken. */
    public abstract int iteration();

    /** Epochs completed. */
    public abstract int epoch();

    /** Counts an optimizer step. */
    public abstract void countIteration();

    /** Sets the counters of steps and epochs. */
    public abstract void count(int iterations, int epochs);

    /** What weight decay adds to the score. */
    public abstract double regularization();

    /**
     * Runs forward and backward: the summed gradient is then in {@link #gradient}.
     *
     * @param images {@code [n, channels, height, width]}
     * @param labels {@code [n, classes]}
     * @return the mean loss, with {@link #regularization}
     */
    public abstract double gradientAndScore(INDArray images, INDArray labels);

    /** What the network says of images {@code [n, channels, height, width]} in evaluation mode: {@code [n, classes]}. */
    public abstract INDArray output(INDArray images);

    /** The network without its numbers. */
    public abstract NetworkDefinition definition();

    /** A copy of the configuration, to be changed. */
    abstract LayerConfigurations configurations();

    /** What each node makes of an input, by the node's key. */
    abstract Map<String, InputType> activationTypes(InputType input);

    /** The parameters that each node will have, by the node's key, also before the network has them. */
    abstract Map<String, Long> parameterCounts();

    /** Numbers that the optimizer will keep of the parameters, also before there are any. */
    abstract long updaterValues();

    /** Makes the view of the gradient where Deeplearning4j has not yet. */
    abstract void initGradient();

    /** All parameters, {@code [1, n]} or {@code [n]}, in place. */
    public final INDArray parameters() {
        return model().params();
    }

    /** The gradient of all parameters, in place, in their order. */
    public final INDArray gradient() {
        if (model().getGradientsViewArray() == null) {
            initGradient();
        }
        return model().getGradientsViewArray();
    }

    /** The updater's state (Adam's moments, momentum), in place; empty where the optimizer has none. */
    public final Optional<INDArray> updaterState() {
        return Optional.ofNullable(updater().getStateViewArray());
    }

    /** How many numbers training changes: those of the parameters and of the updater's state. */
    public final long stateLength() {
        return parameters().length() + updaterState().map(INDArray::length).orElse(0L);
    }

    /** Shows the values of each parameter, in c order, under {@code layer/parameter}. */
    public final void showParameters(BiConsumer<String, float[]> viewer) {
        for (NetworkNode node : layerNodes()) {
            String name = node.name();
            node.layer()
                    .paramTable()
                    .forEach((parameter, values) ->
                            viewer.accept(name + "/" + parameter, values.ravel().toFloatVector()));
        }
    }

    /**
     * Where each parameter starts in the flat arrays, by the node's key and the parameter's name. Read from the views themselves: the
     * order of a layer's parameters in its table is not always that in the arrays.
     */
    public final Map<String, Map<String, Long>> offsets() {
        Map<String, Map<String, Long>> offsets = new LinkedHashMap<>();
        long start = parameters().offset();
        long length = 0;
        for (NetworkNode node : nodes()) {
            if (!node.isLayer()) {
                continue;
            }
            Map<String, Long> ofLayer = new LinkedHashMap<>();
            for (Map.Entry<String, INDArray> parameter :
                    node.layer().paramTable(false).entrySet()) {
                ofLayer.put(parameter.getKey(), parameter.getValue().offset() - start);
                length += parameter.getValue().length();
            }
            offsets.put(node.key(), ofLayer);
        }
        if (length != parameters().length()) {
            throw new IllegalStateException("layers have " + length + " parameters, the network "
                    + parameters().length());
        }
        return offsets;
    }

    /** Whether images of this shape vanish in some layer; Deeplearning4j counts on, with heights and widths below 1. */
    public final boolean vanishes(ImageShape images) {
        InputType input = InputType.convolutional(images.height(), images.width(), images.channels());
        return activationTypes(input).values().stream()
                .anyMatch(shape -> shape instanceof InputType.InputTypeConvolutional maps
                        && (maps.getHeight() < 1 || maps.getWidth() < 1));
    }

    /**
     * What of the network is larger than any array, for images of this shape, in words; empty where it can be built. To be asked before it
     * has its numbers.
     */
    public final Optional<String> excess(ImageShape images) {
        return LongestArray.excess(this, images);
    }

    /** Values of the longest that a layer makes of an image of this shape. */
    public final long largestActivation(ImageShape images) {
        return LongestArray.largest(this, images);
    }

    /** That there is no memory for its parameters, in words. */
    public final String withoutMemory() {
        return LongestArray.withoutMemory(this);
    }

    /** Writes {@code model.zip} as Deeplearning4j's ModelSerializer does, with the updater's state. */
    public final void write(OutputStream out) throws IOException {
        NetworkZip.write(model(), out);
    }
}
