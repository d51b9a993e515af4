package io.github.sparkcnn.bench;

import io.github.sparkcnn.image.ImageShape;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * A kind of layer as a network that consists of little else: a convolution of single pixels to 32 maps, the layer as often as said,
 * a global average and the output.
 *
 * @param network of images of a shape
 */
record LayerKind(String name, Function<ImageShape, Model> network) {

    static List<LayerKind> all() {
        return List.of(
                of("convolution 3×3", 3, () -> convolution(1)),
                of("convolution 3×3, dilated", 3, () -> convolution(2)),
                of("depthwise convolution 3×3", 3, LayerKind::depthwise),
                of("separable convolution 3×3", 3, LayerKind::separable),
                of("deconvolution 2×2, stride 2", 1, LayerKind::deconvolution),
                of("batch normalisation", 3, BatchNormalization::new),
                of("local response normalisation", 3, () -> new LocalResponseNormalization.Builder().build()),
                of("max pooling 3×3, same", 3, () -> pooling(PoolingType.MAX)),
                of("average pooling 3×3, same", 3, () -> pooling(PoolingType.AVG)),
                of("zero padding", 3, () -> new ZeroPaddingLayer(1, 1)),
                of("cropping", 3, () -> new Cropping2D(1, 1)),
                of("upsampling ×2", 1, () -> new Upsampling2D.Builder(2).build()),
                activation(Activation.RELU),
                activation(Activation.LEAKYRELU),
                activation(Activation.RELU6),
                activation(Activation.ELU),
                activation(Activation.SELU),
                activation(Activation.SIGMOID),
                activation(Activation.TANH),
                activation(Activation.SWISH),
                activation(Activation.MISH),
                activation(Activation.HARDSIGMOID),
                activation(Activation.GELU),
                activation(Activation.SOFTPLUS),
                new LayerKind("separable, leaky and merged network", LayerKind::merged));
    }

    private static LayerKind activation(Activation function) {
        return of(function.name().toLowerCase(Locale.ROOT), 3, () -> new ActivationLayer(function));
    }

    private static LayerKind of(String name, int times, Supplier<Layer> layer) {
        return new LayerKind(name, images -> {
            NeuralNetConfiguration.ListBuilder list = builder().list();
            Stream.of(
                            Stream.of(pixels(32)),
                            Stream.generate(layer).limit(times),
                            Stream.of(new GlobalPoolingLayer(PoolingType.AVG), output()))
                    .flatMap(part -> part)
                    .forEach(list::layer);
            MultiLayerNetwork network =
                    new MultiLayerNetwork(list.setInputType(type(images)).build());
            network.init();
            return network;
        });
    }

    /** Three blocks of separable convolutions beside one another, leaky ReLUs, poolings. */
    private static Model merged(ImageShape images) {
        ComputationGraph network = new ComputationGraph(builder()
                .graphBuilder()
                .addInputs("images")
                .setInputTypes(type(images))
                .addLayer("stem", convolution(1), "images")
                .addLayer("a", separable(), "stem")
                .addLayer("b", separable(), "stem")
                .addLayer("c", separable(), "b")
                .addVertex("merged", new MergeVertex(), "a", "c")
                .addLayer("pool", pooling(PoolingType.MAX), "merged")
                .addLayer("d", separable(), "pool")
                .addLayer("average", new GlobalPoolingLayer(PoolingType.AVG), "d")
                .addLayer("out", output(), "average")
                .setOutputs("out")
                .build());
        network.init();
        return network;
    }

    private static NeuralNetConfiguration.Builder builder() {
        return new NeuralNetConfiguration.Builder().seed(3).updater(new Nesterovs(0.001, 0.9));
    }

    private static InputType type(ImageShape images) {
        return InputType.convolutional(images.height(), images.width(), images.channels(), CNN2DFormat.NCHW);
    }

    private static Layer pixels(int outputs) {
        return new ConvolutionLayer.Builder(1, 1)
                .nOut(outputs)
                .activation(Activation.IDENTITY)
                .build();
    }

    private static Layer convolution(int dilation) {
        return new ConvolutionLayer.Builder(3, 3)
                .nOut(32)
                .dilation(dilation, dilation)
                .convolutionMode(ConvolutionMode.Same)
                .activation(Activation.RELU)
                .build();
    }

    private static Layer depthwise() {
        return new DepthwiseConvolution2D.Builder(3, 3)
                .convolutionMode(ConvolutionMode.Same)
                .activation(Activation.RELU)
                .build();
    }

    private static Layer separable() {
        return new SeparableConvolution2D.Builder(3, 3)
                .nOut(32)
                .convolutionMode(ConvolutionMode.Same)
                .activation(Activation.LEAKYRELU)
                .build();
    }

    private static Layer deconvolution() {
        return new Deconvolution2D.Builder(2, 2)
                .stride(2, 2)
                .nOut(32)
                .activation(Activation.RELU)
                .build();
    }

    private static Layer pooling(PoolingType type) {
        return new SubsamplingLayer.Builder(type)
                .kernelSize(3, 3)
                .stride(2, 2)
                .convolutionMode(ConvolutionMode.Same)
                .build();
    }

    private static Layer output() {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(10)
                .activation(Activation.SOFTMAX)
                .build();
    }
}
