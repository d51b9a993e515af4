package io.github.sparkcnn.bench;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.network.Network;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The floating-point operations of the convolutions and dense layers; all else is small beside them. */
final class Arithmetic {

    private Arithmetic() {}

    /** Of one image's training step: forward, gradient by the weights and, but for the first layer, by the input. */
    static double ofTraining(Network network) {
        ImageShape shape = ImageShape.MNIST;
        MultiLayerNetwork layers = network.chain().orElseThrow();
        List<INDArray> outputs =
                layers.feedForward(Nd4j.zeros(1, shape.channels(), shape.height(), shape.width()), false);
        double sum = 0;
        int passes = 2;
        for (int i = 0; i < layers.getnLayers(); i++) {
            // Layers without parameters refuse to be asked for one.
            Map<String, INDArray> parameters = layers.getLayer(i).paramTable();
            if (parameters != null && parameters.containsKey("W")) {
                double anOutput =
                        2.0 * parameters.get("W").length() / parameters.get("b").length();
                sum += passes * anOutput * outputs.get(i + 1).length();
                passes = 3;
            }
        }
        return sum;
    }
}
