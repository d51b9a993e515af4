package io.github.sparkcnn.predict;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.image.PixelScale;
import io.github.sparkcnn.kernel.Kernels;
import io.github.sparkcnn.model.ModelCard;
import io.github.sparkcnn.model.ModelFolder;
import io.github.sparkcnn.network.Network;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * A network of grey images of 16 × 16 that looks at the four pixels in the upper left corner alone: at their sum, each 0 to 1, times
 * two. They speak for class 1; class 0 has 1.5 whatever the image is, and class 2 nothing.
 */
public final class CornerModel {

    public static final ImageShape SHAPE = new ImageShape(1, 16, 16);
    public static final List<String> CLASSES = List.of("dark", "bright", "never");

    private static final int[] CORNER = {0, 1, 16, 17};

    private CornerModel() {}

    public static Network build() {
        Kernels.wake();
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(new DenseLayer.Builder()
                        .nOut(1)
                        .activation(Activation.IDENTITY)
                        .build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(CLASSES.size())
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(SHAPE.height(), SHAPE.width(), 1))
                .build());
        network.init();
        network.params().assign(0);
        INDArray sums = network.getParam("0_W");
        for (int pixel : CORNER) {
            sums.putScalar(pixel, 0, 1);
        }
        network.getParam("1_W").putScalar(0, 1, 2);
        network.getParam("1_b").putScalar(0, 0, 1.5);
        return Network.of(network);
    }

    public static ModelFolder.Saved saved() {
        return new ModelFolder.Saved(build(), ModelCard.unsaved("corner", CLASSES, SHAPE, PixelScale.UNIT));
    }

    /** The probability of class 1 where the four pixels have this value. */
    public static double probability(int corner) {
        double bright = Math.exp(2 * 4 * corner / 255.0);
        return bright / (bright + Math.exp(1.5) + 1);
    }

    /** An image with that corner, and another pixel to know it again; all else is black. */
    public static PackedImages image(int label, int corner, int mark) {
        byte[] pixels = new byte[SHAPE.size()];
        for (int pixel : CORNER) {
            pixels[pixel] = (byte) corner;
        }
        pixels[136] = (byte) mark; // row 8, column 8
        return new PackedImages(SHAPE, new int[] {label}, pixels, new int[1]);
    }
}
