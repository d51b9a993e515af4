package io.github.sparkcnn.network.architecture;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.network.Network;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Two 5×5 convolutions, each with batch normalisation, ReLU and max-pooling, and one dense layer: 29,034 parameters on 1×28×28
 * and ten classes, and 96 running statistics, which Deeplearning4j counts as parameters too.
 */
public final class BatchNormCnn implements Architecture {

    @Override
    public String name() {
        return "batch-norm-cnn";
    }

    @Override
    public Network configure(ImageShape input, int classes, IUpdater updater, double l2) {
        NeuralNetConfiguration.ListBuilder layers = new NeuralNetConfiguration.Builder()
                .updater(updater)
                .l2(l2)
                .activation(Activation.IDENTITY)
                .list();
        addBlock(layers, 1, 16);
        addBlock(layers, 2, 32);
        return Network.of(layers.layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .name("output")
                        .nOut(classes)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(input.height(), input.width(), input.channels()))
                .build());
    }

    private static void addBlock(NeuralNetConfiguration.ListBuilder layers, int number, int outputs) {
        layers.layer(new ConvolutionLayer.Builder(5, 5)
                        .name("conv" + number)
                        .padding(2, 2)
                        .nOut(outputs)
                        .build())
                .layer(TorchBatchNorm.named("norm" + number))
                .layer(new ActivationLayer.Builder()
                        .name("relu" + number)
                        .activation(Activation.RELU)
                        .build())
                .layer(new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                        .name("pool" + number)
                        .kernelSize(2, 2)
                        .stride(2, 2)
                        .build());
    }
}
