package io.github.sparkcnn.network.architecture;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.network.Network;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.IUpdater;

/** Two 5×5 convolutions with dropout and a dense layer of 512: 582,026 parameters on 1×28×28 and ten classes. */
public final class FashionCnn implements Architecture {

    /** Deeplearning4j's {@code dropOut} is the probability of keeping an element of a layer's input. */
    private static final double RETAIN = 1 - 0.3;

    @Override
    public String name() {
        return "fashion-cnn";
    }

    @Override
    public Network configure(ImageShape input, int classes, IUpdater updater, double l2) {
        return Network.of(new NeuralNetConfiguration.Builder()
                .updater(updater)
                .l2(l2)
                .activation(Activation.RELU)
                .list()
                .layer(new ConvolutionLayer.Builder(5, 5).name("conv1").nOut(32).build())
                .layer(CommonLayers.maxPool("pool1"))
                .layer(new ConvolutionLayer.Builder(5, 5)
                        .name("conv2")
                        .nOut(64)
                        .dropOut(RETAIN)
                        .build())
                .layer(CommonLayers.maxPool("pool2"))
                .layer(new DenseLayer.Builder()
                        .name("dense")
                        .nOut(512)
                        .dropOut(RETAIN)
                        .build())
                .layer(CommonLayers.softmax(classes))
                .setInputType(CommonLayers.images(input))
                .build());
    }
}
