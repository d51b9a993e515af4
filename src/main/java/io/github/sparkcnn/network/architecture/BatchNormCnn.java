package io.github.sparkcnn.network.architecture;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.network.Network;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.IUpdater;

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
        return Network.of(layers.layer(CommonLayers.softmax(classes))
                .setInputType(CommonLayers.images(input))
                .build());
    }

    private static void addBlock(NeuralNetConfiguration.ListBuilder layers, int number, int outputs) {
        layers.layer(new ConvolutionLayer.Builder(5, 5)
                        .name("conv" + number)
                        .padding(2, 2)
                        .nOut(outputs)
                        .build())
                .layer(CommonLayers.normalization("norm" + number))
                .layer(CommonLayers.relu("relu" + number))
                .layer(CommonLayers.maxPool("pool" + number));
    }
}
