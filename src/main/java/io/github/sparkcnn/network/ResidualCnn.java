package io.github.sparkcnn.network;

import io.github.sparkcnn.image.ImageShape;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * A small residual network for images of any size (He et al., "Deep residual learning for image recognition", 2015): a 3×3
 * convolution and four basic blocks of 32, 64, 64 and 128 maps, halving the image twice, then the mean over each map. 382,058
 * parameters on one channel and ten classes, and 1,600 running statistics.
 */
public final class ResidualCnn implements Architecture {

    @Override
    public String name() {
        return "residual-cnn";
    }

    @Override
    public boolean isSequential() {
        return false;
    }

    @Override
    public Network configure(ImageShape input, int classes, IUpdater updater, double l2) {
        GraphBuilder graph = new NeuralNetConfiguration.Builder()
                .updater(updater)
                .l2(l2)
                .activation(Activation.IDENTITY)
                .graphBuilder()
                .addInputs("image")
                .setInputTypes(InputType.convolutional(input.height(), input.width(), input.channels()));
        String last = relu(graph, "stem", normalized(graph, "stem", "image", 3, 1, 32));
        last = block(graph, "block1", last, 1, 32, false);
        last = block(graph, "block2", last, 2, 64, true);
        last = block(graph, "block3", last, 1, 64, false);
        last = block(graph, "block4", last, 2, 128, true);
        graph.addLayer("mean", new GlobalPoolingLayer.Builder(PoolingType.AVG).build(), last)
                .addLayer(
                        "output",
                        new OutputLayer.Builder(LossFunction.MCXENT)
                                .nOut(classes)
                                .activation(Activation.SOFTMAX)
                                .build(),
                        "mean")
                .setOutputs("output");
        return Network.of(graph.build());
    }

    /** Two convolutions beside a shortcut, which is a 1×1 convolution where the shape changes. */
    private static String block(
            GraphBuilder graph, String name, String input, int stride, int maps, boolean projected) {
        String first = relu(graph, name + "-a", normalized(graph, name + "-a", input, 3, stride, maps));
        String second = normalized(graph, name + "-b", first, 3, 1, maps);
        String shortcut = projected ? normalized(graph, name + "-shortcut", input, 1, stride, maps) : input;
        graph.addVertex(name + "-sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), second, shortcut);
        return relu(graph, name, name + "-sum");
    }

    /** A convolution that keeps the image's size but for its stride; its bias would be lost in the normalisation. */
    private static String normalized(GraphBuilder graph, String name, String input, int kernel, int stride, int maps) {
        ConvolutionLayer convolution = new ConvolutionLayer.Builder(kernel, kernel)
                .stride(stride, stride)
                .padding(kernel / 2, kernel / 2)
                .nOut(maps)
                .hasBias(false)
                .build();
        graph.addLayer(name + "-conv", convolution, input)
                .addLayer(name + "-norm", TorchBatchNorm.named(name + "-norm"), name + "-conv");
        return name + "-norm";
    }

    private static String relu(GraphBuilder graph, String name, String input) {
        ActivationLayer relu =
                new ActivationLayer.Builder().activation(Activation.RELU).build();
        graph.addLayer(name + "-relu", relu, input);
        return name + "-relu";
    }
}
