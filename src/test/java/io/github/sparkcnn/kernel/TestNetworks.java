package io.github.sparkcnn.kernel;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.network.architecture.Architectures;
import io.github.sparkcnn.network.optimizer.Optimizer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The three networks of the parity file, as plain DL4J configurations. */
public final class TestNetworks {

    private TestNetworks() {}

    /** The network of this name, initialised from a fixed seed. */
    public static MultiLayerNetwork named(String name, double retain) {
        MultiLayerConfiguration configuration = switch (name) {
            case "fashion-cnn" -> fashionCnn(retain);
            case "all-convolutional" -> allConvolutional();
            case "batch-norm-cnn" -> batchNormCnn();
            default -> throw new IllegalArgumentException(name);
        };
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init();
        return network;
    }

    /** The shipped network of branches, initialised from a fixed seed. */
    public static Model residualCnn(ImageShape shape) {
        Optimizer adam = new io.github.sparkcnn.network.optimizer.Adam(1e-3, 0);
        return Architectures.build("residual-cnn", shape, 10, adam, 7).model();
    }

    private static MultiLayerConfiguration fashionCnn(double retain) {
        return builder(new Adam(1e-3))
                .list()
                .layer(convolution(5, 1, 0, 32).activation(Activation.RELU).build())
                .layer(maxPool())
                .layer(convolution(5, 1, 0, 64)
                        .activation(Activation.RELU)
                        .dropOut(retain)
                        .build())
                .layer(maxPool())
                .layer(new DenseLayer.Builder()
                        .nOut(512)
                        .activation(Activation.RELU)
                        .dropOut(retain)
                        .build())
                .layer(output())
                .setInputType(InputType.convolutional(28, 28, 1))
                .build();
    }

    private static MultiLayerConfiguration allConvolutional() {
        return builder(new Nesterovs(0.1, 0.9))
                .list()
                .layer(convolution(3, 2, 1, 16).activation(Activation.RELU).build())
                .layer(convolution(3, 2, 1, 16).activation(Activation.RELU).build())
                .layer(convolution(3, 2, 1, 10).activation(Activation.RELU).build())
                .layer(new GlobalPoolingLayer.Builder(PoolingType.AVG).build())
                .layer(new LossLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(28, 28, 1))
                .build();
    }

    private static MultiLayerConfiguration batchNormCnn() {
        return builder(new Adam(1e-3))
                .list()
                .layer(convolution(5, 1, 2, 16).activation(Activation.IDENTITY).build())
                .layer(normalization())
                .layer(new ActivationLayer(Activation.RELU))
                .layer(maxPool())
                .layer(convolution(5, 1, 2, 32).activation(Activation.IDENTITY).build())
                .layer(normalization())
                .layer(new ActivationLayer(Activation.RELU))
                .layer(maxPool())
                .layer(output())
                .setInputType(InputType.convolutional(28, 28, 1))
                .build();
    }

    public static NeuralNetConfiguration.Builder builder(IUpdater updater) {
        return new NeuralNetConfiguration.Builder()
                .seed(7)
                .weightInit(WeightInit.UNIFORM)
                .updater(updater);
    }

    public static ConvolutionLayer.Builder convolution(int kernel, int stride, int padding, int out) {
        return new ConvolutionLayer.Builder(kernel, kernel)
                .stride(stride, stride)
                .padding(padding, padding)
                .convolutionMode(ConvolutionMode.Truncate)
                .nOut(out);
    }

    public static SubsamplingLayer maxPool() {
        return new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                .kernelSize(2, 2)
                .stride(2, 2)
                .build();
    }

    public static BatchNormalization normalization() {
        return new BatchNormalization.Builder()
                .decay(0.9)
                .eps(1e-5)
                .useLogStd(true)
                .activation(Activation.IDENTITY)
                .build();
    }

    public static OutputLayer output() {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(10)
                .activation(Activation.SOFTMAX)
                .build();
    }
}
