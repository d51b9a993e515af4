package io.github.sparkcnn.network.definition;

import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.deeplearning4j.nn.conf.layers.Subsampling3DLayer;

/** Whether a network's first layers read images: {@code [n, channels, height, width]}. */
final class ImageInput {

    private static final String REMEDY =
            "Begin with a layer for images or rows, such as ConvolutionLayer or DenseLayer";

    private ImageInput() {}

    /** Refuses a layer that reads something else. */
    static void require(String name, Layer layer) {
        if (layer instanceof Convolution1DLayer || layer instanceof Subsampling1DLayer || isForSequences(layer)) {
            throw refusal(name, layer, "sequences");
        }
        if (layer instanceof Convolution3D || layer instanceof Subsampling3DLayer) {
            throw refusal(name, layer, "volumes");
        }
        if (layer instanceof EmbeddingLayer || layer instanceof EmbeddingSequenceLayer) {
            throw refusal(name, layer, "numbers of words");
        }
    }

    /** What stands before a recurrent layer that is given images makes sequences of them. */
    private static boolean isForSequences(Layer layer) {
        try {
            InputPreProcessor before = layer.getPreProcessorForInputType(InputType.convolutional(1, 1, 1));
            return before != null && before.getClass().getSimpleName().contains("Rnn");
        } catch (RuntimeException e) { // said when it is held against the images
            return false;
        }
    }

    private static Misfit refusal(String name, Layer layer, String what) {
        return new Misfit(
                "layer " + name + " is a " + layer.getClass().getSimpleName() + ", which takes " + what
                        + ", not images",
                REMEDY);
    }
}
