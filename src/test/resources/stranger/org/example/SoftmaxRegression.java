package org.example;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.keys.Keys;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.architecture.Architecture;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** One dense layer. {name = softmax-regression, bias = true}. */
public record SoftmaxRegression(boolean bias) implements Architecture {

    public SoftmaxRegression() {
        this(true);
    }

    @Override
    public String name() {
        return "softmax-regression";
    }

    @Override
    public Architecture read(Keys keys) {
        return new SoftmaxRegression(keys.has("bias") ? keys.bool("bias") : bias);
    }

    @Override
    public Network configure(ImageShape input, int classes, IUpdater updater, double l2) {
        OutputLayer output = new OutputLayer.Builder(LossFunction.MCXENT)
                .name("output")
                .nOut(classes)
                .hasBias(bias)
                .activation(Activation.SOFTMAX)
                .build();
        return Network.of(new NeuralNetConfiguration.Builder()
                .updater(updater)
                .l2(l2)
                .list(output)
                .setInputType(InputType.convolutional(input.height(), input.width(), input.channels()))
                .build());
    }
}
