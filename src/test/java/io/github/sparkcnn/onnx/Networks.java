package io.github.sparkcnn.onnx;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.image.PixelScale;
import io.github.sparkcnn.network.Network;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Networks with every parameter random, running statistics included, and images to run them on. */
final class Networks {

    private Networks() {}

    static MultiLayerNetwork fashionCnn() {
        return layers(
                new ConvolutionLayer.Builder(5, 5)
                        .nOut(32)
                        .activation(Activation.RELU)
                        .build(),
                pool(PoolingType.MAX),
                new ConvolutionLayer.Builder(5, 5)
                        .nOut(64)
                        .activation(Activation.RELU)
                        .dropOut(0.7)
                        .build(),
                pool(PoolingType.MAX),
                new DenseLayer.Builder()
                        .nOut(512)
                        .activation(Activation.RELU)
                        .dropOut(0.7)
                        .build(),
                output());
    }

    static MultiLayerNetwork allConvolutional() {
        return layers(
                strided(16),
                strided(16),
                strided(10),
                new GlobalPoolingLayer(PoolingType.AVG),
                new LossLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .build());
    }

    static MultiLayerNetwork batchNormCnn() {
        return layers(
                padded(16),
                new BatchNormalization(),
                new ActivationLayer(Activation.RELU),
                pool(PoolingType.MAX),
                padded(32),
                new BatchNormalization(),
                new ActivationLayer(Activation.RELU),
                pool(PoolingType.MAX),
                output());
    }

    static ComputationGraph residual() {
        ComputationGraphConfiguration configuration = new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("in")
                .addLayer("stem", padded(8), "in")
                .addLayer(
                        "left",
                        new ConvolutionLayer.Builder(3, 3)
                                .convolutionMode(ConvolutionMode.Same)
                                .nOut(8)
                                .hasBias(false)
                                .activation(Activation.IDENTITY)
                                .build(),
                        "stem")
                .addLayer("norm", new BatchNormalization(), "left")
                .addVertex("add", new ElementWiseVertex(ElementWiseVertex.Op.Add), "norm", "stem")
                .addLayer("relu", new ActivationLayer(Activation.RELU), "add")
                .addLayer("pool", new GlobalPoolingLayer(PoolingType.MAX), "relu")
                .addLayer("out", output(), "pool")
                .setOutputs("out")
                .setInputTypes(InputType.convolutional(28, 28, 1))
                .build();
        ComputationGraph network = new ComputationGraph(configuration);
        network.init();
        randomize(network);
        return network;
    }

    /** Two convolutions, joined by the vertex; one that takes a single input takes the second. */
    static ComputationGraph joined(GraphVertex vertex) {
        String[] inputs = vertex.maxVertexInputs() == 1 ? new String[] {"right"} : new String[] {"left", "right"};
        ComputationGraph network = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("in")
                .addLayer("left", padded(4), "in")
                .addLayer("right", padded(4), "left")
                .addVertex("joined", vertex, inputs)
                .addLayer("out", output(), "joined")
                .setOutputs("out")
                .setInputTypes(InputType.convolutional(28, 28, 1))
                .build());
        network.init();
        randomize(network);
        return network;
    }

    /** The layer between a small convolution and a dense output. */
    static MultiLayerNetwork around(Layer layer) {
        return layers(padded(3), layer, output());
    }

    static MultiLayerNetwork layers(Layer... layers) {
        NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder().list();
        for (Layer layer : layers) {
            list.layer(layer);
        }
        MultiLayerNetwork network = new MultiLayerNetwork(
                list.setInputType(InputType.convolutional(28, 28, 1)).build());
        network.init();
        randomize(network);
        return network;
    }

    static SubsamplingLayer pool(PoolingType type) {
        return new SubsamplingLayer.Builder(type).kernelSize(2, 2).stride(2, 2).build();
    }

    static DropoutLayer dropout() {
        return new DropoutLayer(0.5);
    }

    static ConvolutionLayer padded(int out) {
        return new ConvolutionLayer.Builder(5, 5)
                .padding(2, 2)
                .nOut(out)
                .activation(Activation.IDENTITY)
                .build();
    }

    static OutputLayer output() {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(10)
                .activation(Activation.SOFTMAX)
                .build();
    }

    static PackedImages images(int n) {
        byte[] pixels = new byte[n * 784];
        new Random(5).nextBytes(pixels);
        return new PackedImages(
                ImageShape.MNIST, new int[n], pixels, IntStream.range(0, n).toArray());
    }

    /** What Deeplearning4j says. */
    static float[] probabilities(Model network, PixelScale scale, PackedImages images) {
        float[] features = new float[images.pixels().length];
        scale.table(images.shape()).apply(images.pixels(), 0, features, 0, features.length);
        INDArray input = Nd4j.create(features, images.size(), 1, 28, 28);
        INDArray output = Network.of(network).output(input);
        return output.dup('c').data().asFloat();
    }

    static OnnxDescription description(PixelScale scale) {
        List<String> labels = IntStream.range(0, 10).mapToObj(i -> "class " + i).toList();
        return new OnnxDescription("test", labels, ImageShape.MNIST, scale, "1.2.3");
    }

    private static ConvolutionLayer strided(int out) {
        return new ConvolutionLayer.Builder(3, 3)
                .stride(2, 2)
                .padding(1, 1)
                .nOut(out)
                .activation(Activation.RELU)
                .build();
    }

    private static void randomize(Model network) {
        Random random = new Random(11);
        float[] values = new float[Math.toIntExact(network.numParams())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (0.1 * random.nextGaussian());
        }
        network.setParams(Nd4j.create(values, 1, values.length));
    }
}
