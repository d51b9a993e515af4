package io.github.sparkcnn.network.architecture;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.keys.Keys;
import io.github.sparkcnn.keys.Range;
import io.github.sparkcnn.network.Network;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * A small network of depthwise separable convolutions (Howard et al., "MobileNets", 2017, section 3.1) for images of 28 to 64 pixels:
 * a 3×3 convolution to w maps and five blocks of 2w, 4w, 4w, 8w and 8w, which halve the image twice. Width 32: 136,778 parameters on
 * three channels and ten classes, and 2,944 running statistics.
 *
 * @param width maps of the first convolution
 */
public record MobileNet(int width) implements Architecture {

    private static final Range WIDTH = Range.of(1, 1024);

    public MobileNet {
        WIDTH.require("width", width);
    }

    /** Of 32 maps. */
    public MobileNet() {
        this(32);
    }

    @Override
    public String name() {
        return "mobilenet";
    }

    @Override
    public Architecture read(Keys keys) {
        return new MobileNet(keys.has("width") ? keys.whole("width", WIDTH) : width);
    }

    @Override
    public Network configure(ImageShape input, int classes, IUpdater updater, double l2) {
        NeuralNetConfiguration.ListBuilder layers = new NeuralNetConfiguration.Builder()
                .updater(updater)
                .l2(l2)
                .activation(Activation.IDENTITY)
                .list();
        normalize(layers.layer(convolution(3, width).name("stem").build()), "stem");
        addBlock(layers, "block1", width, 1, 2 * width);
        addBlock(layers, "block2", 2 * width, 2, 4 * width);
        addBlock(layers, "block3", 4 * width, 1, 4 * width);
        addBlock(layers, "block4", 4 * width, 2, 8 * width);
        addBlock(layers, "block5", 8 * width, 1, 8 * width);
        return Network.of(layers.layer(CommonLayers.mean())
                .layer(CommonLayers.softmax(classes))
                .setInputType(CommonLayers.images(input))
                .build());
    }

    /** Each map by itself, then all of them at each pixel. */
    private static void addBlock(
            NeuralNetConfiguration.ListBuilder layers, String name, int inputs, int stride, int outputs) {
        layers.layer(new DepthwiseConvolution2D.Builder(3, 3)
                .name(name + "-each")
                .stride(stride, stride)
                .padding(1, 1)
                .nOut(inputs)
                .hasBias(false)
                .build());
        normalize(layers, name + "-each");
        normalize(layers.layer(convolution(1, outputs).name(name + "-all").build()), name + "-all");
    }

    private static ConvolutionLayer.Builder convolution(int kernel, int outputs) {
        return new ConvolutionLayer.Builder(kernel, kernel)
                .padding(kernel / 2, kernel / 2)
                .nOut(outputs)
                .hasBias(false);
    }

    private static void normalize(NeuralNetConfiguration.ListBuilder layers, String name) {
        layers.layer(CommonLayers.normalization(name + "-norm")).layer(CommonLayers.relu(name + "-relu"));
    }
}
