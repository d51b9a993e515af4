package io.github.sparkcnn.kernel.layer;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.kernel.TestNetworks;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;

/** A small network with the layer in question in it, every parameter random. */
record LayerCase(String name, ImageShape images, Model network) {

    /** Odd sides and colours. */
    static final ImageShape ODD = new ImageShape(3, 9, 7);

    /** The layers in a chain, with an output of ten classes behind them. */
    static LayerCase chain(String name, ImageShape images, Layer... layers) {
        return exactly(
                name,
                images,
                Stream.concat(Arrays.stream(layers), Stream.of(TestNetworks.output()))
                        .toArray(Layer[]::new));
    }

    /** The layers in a chain, the last an output. */
    static LayerCase exactly(String name, ImageShape images, Layer... layers) {
        ListBuilder list = TestNetworks.builder(new Nesterovs(0.01, 0.9)).list();
        List.of(layers).forEach(list::layer);
        MultiLayerNetwork network =
                new MultiLayerNetwork(list.setInputType(type(images)).build());
        network.init();
        return new LayerCase(name, images, randomized(network));
    }

    /** A graph from {@code images} to its vertex {@code last}, with an output of ten classes behind that. */
    static LayerCase graph(String name, ImageShape images, Consumer<GraphBuilder> vertices) {
        GraphBuilder builder = TestNetworks.builder(new Nesterovs(0.01, 0.9))
                .graphBuilder()
                .addInputs("images")
                .setInputTypes(type(images));
        vertices.accept(builder);
        ComputationGraph network = new ComputationGraph(builder.addLayer("out", TestNetworks.output(), "last")
                .setOutputs("out")
                .build());
        network.init();
        return new LayerCase(name, images, randomized(network));
    }

    /** The same network once more. */
    Model copy() {
        return network instanceof ComputationGraph graph ? graph.clone() : ((MultiLayerNetwork) network).clone();
    }

    private static InputType type(ImageShape images) {
        return InputType.convolutional(images.height(), images.width(), images.channels());
    }

    private static Model randomized(Model network) {
        Random random = new Random(11);
        INDArray parameters = network.params();
        float[] values = new float[Math.toIntExact(parameters.length())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (0.3 * random.nextGaussian());
        }
        parameters.assign(Nd4j.createFromArray(values).reshape(parameters.shape()));
        return network;
    }

    @Override
    public String toString() {
        return name;
    }
}
