package io.github.sparkcnn.network.architecture;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.network.Network;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * A residual network in the making (He et al., "Deep residual learning for image recognition", 2015): a 3×3 convolution, basic
 * blocks, the mean over each map and one dense layer.
 */
final class ResidualBlocks {

    private final GraphBuilder graph;
    private String last;
    private int maps;

    /** Begins with a convolution to so many maps. */
    ResidualBlocks(ImageShape input, IUpdater updater, double l2, int maps) {
        graph = new NeuralNetConfiguration.Builder()
                .updater(updater)
                .l2(l2)
                .activation(Activation.IDENTITY)
                .graphBuilder()
                .addInputs("image")
                .setInputTypes(CommonLayers.images(input));
        last = relu("stem", normalized("stem", "image", 3, 1, maps));
        this.maps = maps;
    }

    /** Two convolutions beside a shortcut, which is a 1×1 convolution where the shape changes. */
    ResidualBlocks add(String name, int stride, int outputs) {
        String first = relu(name + "-a", normalized(name + "-a", last, 3, stride, outputs));
        String second = normalized(name + "-b", first, 3, 1, outputs);
        boolean projected = stride != 1 || outputs != maps;
        String shortcut = projected ? normalized(name + "-shortcut", last, 1, stride, outputs) : last;
        graph.addVertex(name + "-sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), second, shortcut);
        last = relu(name, name + "-sum");
        maps = outputs;
        return this;
    }

    /** Ends with the mean over each map and softmax. */
    Network classify(int classes) {
        graph.addLayer("mean", CommonLayers.mean(), last)
                .addLayer("output", CommonLayers.softmax(classes), "mean")
                .setOutputs("output");
        return Network.of(graph.build());
    }

    /** A convolution that keeps the image's size but for its stride; its bias would be lost in the normalisation. */
    private String normalized(String name, String input, int kernel, int stride, int outputs) {
        ConvolutionLayer convolution = new ConvolutionLayer.Builder(kernel, kernel)
                .stride(stride, stride)
                .padding(kernel / 2, kernel / 2)
                .nOut(outputs)
                .hasBias(false)
                .build();
        graph.addLayer(name + "-conv", convolution, input)
                .addLayer(name + "-norm", CommonLayers.normalization(name + "-norm"), name + "-conv");
        return name + "-norm";
    }

    private String relu(String name, String input) {
        graph.addLayer(name + "-relu", CommonLayers.relu(name + "-relu"), input);
        return name + "-relu";
    }
}
