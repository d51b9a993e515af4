package io.github.sparkcnn.network.architecture;

import io.github.sparkcnn.image.ImageShape;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Layers that several architectures have. */
final class CommonLayers {

    private CommonLayers() {}

    static InputType images(ImageShape shape) {
        return InputType.convolutional(shape.height(), shape.width(), shape.channels());
    }

    /** Batch normalisation with the constants of {@code torch.nn.BatchNorm2d}. */
    static BatchNormalization normalization(String name) {
        // PyTorch's momentum 0.1 is the weight of the new value, Deeplearning4j's decay that of the old one.
        return new BatchNormalization.Builder()
                .name(name)
                .decay(0.9)
                .eps(1e-5)
                .activation(Activation.IDENTITY)
                .build();
    }

    static ActivationLayer relu(String name) {
        return new ActivationLayer.Builder()
                .name(name)
                .activation(Activation.RELU)
                .build();
    }

    /** The maximum of tiles of 2×2 pixels. */
    static SubsamplingLayer maxPool(String name) {
        return new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                .name(name)
                .kernelSize(2, 2)
                .stride(2, 2)
                .build();
    }

    /** The mean over each map. */
    static GlobalPoolingLayer mean() {
        return new GlobalPoolingLayer.Builder(PoolingType.AVG).name("mean").build();
    }

    /** A dense layer into the probabilities of so many classes. */
    static OutputLayer softmax(int classes) {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .name("output")
                .nOut(classes)
                .activation(Activation.SOFTMAX)
                .build();
    }
}
