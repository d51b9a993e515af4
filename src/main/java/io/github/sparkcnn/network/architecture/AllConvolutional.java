package io.github.sparkcnn.network.architecture;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.network.Network;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Three 3×3 convolutions of stride 2 and the mean over what is left of the image, no dense layer: 3,930 parameters on 1×28×28
 * and ten classes. The last convolution has a ReLU too, as in the tutorial, so that no logit is below 0.
 */
public final class AllConvolutional implements Architecture {

    @Override
    public String name() {
        return "all-convolutional";
    }

    @Override
    public Network configure(ImageShape input, int classes, IUpdater updater, double l2) {
        return Network.of(new NeuralNetConfiguration.Builder()
                .updater(updater)
                .l2(l2)
                .activation(Activation.RELU)
                .list()
                .layer(halving("conv1", 16))
                .layer(halving("conv2", 16))
                .layer(halving("conv3", classes))
                .layer(CommonLayers.mean())
                .layer(new LossLayer.Builder(LossFunction.MCXENT)
                        .name("output")
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(CommonLayers.images(input))
                .build());
    }

    private static ConvolutionLayer halving(String name, int outputs) {
        return new ConvolutionLayer.Builder(3, 3)
                .name(name)
                .stride(2, 2)
                .padding(1, 1)
                .nOut(outputs)
                .build();
    }
}
