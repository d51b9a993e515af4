package io.github.sparkcnn.kernel.layer;

import static io.github.sparkcnn.kernel.layer.LayerCase.ODD;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.kernel.Kernels;
import io.github.sparkcnn.kernel.TestNetworks;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;

/** Vertices between layers, several readers of one value, frozen layers in the middle, rows beside images. */
class GraphParityTest {

    @BeforeAll
    static void wake() {
        Kernels.wake();
    }

    static Stream<LayerCase> graphs() {
        return Stream.of(
                joined("merge", new MergeVertex(), 5, 4),
                joined("merge of blocks", new MergeVertex(), 16, 16),
                joined("merge of a block and a part", new MergeVertex(), 32, 7),
                joined("merge of a part and a block", new MergeVertex(), 7, 16),
                joined("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), 4, 4),
                joined("mean", new ElementWiseVertex(ElementWiseVertex.Op.Average), 4, 4),
                joined("difference", new ElementWiseVertex(ElementWiseVertex.Op.Subtract), 4, 4),
                joined("product", new ElementWiseVertex(ElementWiseVertex.Op.Product), 4, 4),
                behind("scale", new ScaleVertex(-0.7)),
                behind("shift", new ShiftVertex(0.4)),
                LayerCase.graph("three readers and their sum", ODD, GraphParityTest::threeReaders),
                LayerCase.graph("scaled, shifted and activated in a row", ODD, GraphParityTest::pointwiseInARow),
                LayerCase.graph("rows beside a global pooling", ODD, GraphParityTest::rowsBesidePooling),
                LayerCase.graph("separable, leaky and merged", new ImageShape(3, 12, 12), GraphParityTest::separable),
                LayerCase.graph("frozen in the middle", ODD, GraphParityTest::frozenInTheMiddle),
                LayerCase.graph("frozen beside", ODD, GraphParityTest::frozenBeside));
    }

    static Stream<LayerCase> chains() {
        return Stream.of(
                LayerCase.chain(
                        "normalised rows",
                        ODD,
                        convolution(3),
                        new DenseLayer.Builder()
                                .nOut(8)
                                .activation(Activation.IDENTITY)
                                .build(),
                        TestNetworks.normalization(),
                        new ActivationLayer(Activation.ELU)),
                LayerCase.chain(
                        "normalised and leaky",
                        ODD,
                        convolution(5),
                        TestNetworks.normalization(),
                        new ActivationLayer(Activation.LEAKYRELU),
                        TestNetworks.maxPool()));
    }

    @ParameterizedTest
    @MethodSource({"graphs", "chains"})
    void isThatOfDeeplearning4j(LayerCase network) {
        LayerParity.assertHolds(network);
    }

    /** Two convolutions of the images, joined; each of them is read by somebody else too. */
    private static LayerCase joined(String name, GraphVertex vertex, int left, int right) {
        Consumer<GraphBuilder> vertices = graph -> graph.addLayer("left", convolution(left), "images")
                .addLayer("right", convolution(right), "left")
                .addVertex("joined", vertex, "left", "right")
                .addLayer("last", convolution(3), "joined");
        return LayerCase.graph(name, ODD, vertices);
    }

    private static LayerCase behind(String name, GraphVertex vertex) {
        return LayerCase.graph(
                name,
                ODD,
                graph -> graph.addLayer("stem", convolution(4), "images")
                        .addVertex("changed", vertex, "stem")
                        .addLayer("last", convolution(3), "changed"));
    }

    private static void threeReaders(GraphBuilder graph) {
        graph.addLayer("stem", convolution(4), "images")
                .addLayer("a", convolution(4), "stem")
                .addLayer("b", new ActivationLayer(Activation.SIGMOID), "stem")
                .addVertex("last", new ElementWiseVertex(ElementWiseVertex.Op.Add), "stem", "a", "b");
    }

    private static void pointwiseInARow(GraphBuilder graph) {
        graph.addLayer("stem", convolution(4), "images")
                .addLayer("tanh", new ActivationLayer(Activation.TANH), "stem")
                .addVertex("scaled", new ScaleVertex(1.5), "tanh")
                .addVertex("shifted", new ShiftVertex(-0.1), "scaled")
                .addLayer("relu", new ActivationLayer(Activation.RELU), "shifted")
                .addVertex("again", new ShiftVertex(0.2), "relu")
                .addLayer("last", new ActivationLayer(Activation.ELU), "again");
    }

    private static void rowsBesidePooling(GraphBuilder graph) {
        graph.addLayer("stem", convolution(4), "images")
                .addLayer("pooled", new GlobalPoolingLayer(PoolingType.MAX), "stem")
                .addLayer(
                        "rows",
                        new DenseLayer.Builder()
                                .nOut(6)
                                .activation(Activation.TANH)
                                .build(),
                        "stem")
                .addVertex("last", new MergeVertex(), "pooled", "rows");
    }

    private static void separable(GraphBuilder graph) {
        graph.addLayer("stem", convolution(16), "images")
                .addLayer("a", separable(16), "stem")
                .addLayer("b", separable(16), "a")
                .addVertex("merged", new MergeVertex(), "stem", "b")
                .addLayer("last", new GlobalPoolingLayer(PoolingType.AVG), "merged");
    }

    private static void frozenInTheMiddle(GraphBuilder graph) {
        graph.addLayer("stem", convolution(4), "images")
                .addLayer("frozen", new FrozenLayerWithBackprop(convolution(5)), "stem")
                .addLayer("last", convolution(3), "frozen");
    }

    private static void frozenBeside(GraphBuilder graph) {
        graph.addLayer("stem", convolution(4), "images")
                .addLayer("frozen", new FrozenLayer(convolution(5)), "images")
                .addVertex("merged", new MergeVertex(), "stem", "frozen")
                .addLayer("last", convolution(3), "merged");
    }

    private static ConvolutionLayer convolution(int outputs) {
        return new ConvolutionLayer.Builder(3, 3)
                .nOut(outputs)
                .convolutionMode(ConvolutionMode.Same)
                .activation(Activation.LEAKYRELU)
                .build();
    }

    private static SeparableConvolution2D separable(int outputs) {
        return new SeparableConvolution2D.Builder(3, 3)
                .nOut(outputs)
                .convolutionMode(ConvolutionMode.Same)
                .activation(Activation.LEAKYRELU)
                .build();
    }
}
