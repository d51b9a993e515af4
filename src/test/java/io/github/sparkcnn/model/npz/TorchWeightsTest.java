package io.github.sparkcnn.model.npz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.numpy.NpyArray;
import io.github.sparkcnn.numpy.NpzFile;
import io.github.sparkcnn.numpy.NpzFileTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.factory.Nd4j;

/** The oracle is PyTorch: npz/make_weights.py wrote its weights and its predictions. */
class TorchWeightsTest {

    @ParameterizedTest
    @ValueSource(strings = {"fashion-cnn", "all-convolutional", "batch-norm-cnn"})
    void predictsWithPyTorchsWeightsWhatPyTorchPredicts(String name) throws IOException {
        Network network = network(name);

        TorchWeights.load(network, TorchModules.of(name, network), NpzFileTest.read(name), name + ".npz");

        assertPredictsAsPyTorch(network, name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fashion-cnn", "all-convolutional", "batch-norm-cnn"})
    void writesWhatPyTorchWrote(String name) throws IOException {
        Network network = network(name);
        Map<String, NpyArray> torch = NpzFileTest.read(name);
        TorchWeights.load(network, TorchModules.of(name, network), torch, name);

        Map<String, NpyArray> ours = TorchWeights.of(network, TorchModules.of(name, network));
        Map<String, NpyArray> file = NpzFile.read(new ByteArrayInputStream(NpzFileTest.written(ours)), name);

        assertThat(file.keySet()).containsExactlyElementsOf(torch.keySet());
        torch.forEach((key, array) -> {
            assertThat(file.get(key).type()).as(key).isEqualTo(array.type());
            assertThat(file.get(key).shape()).as(key).isEqualTo(array.shape());
            if (!key.endsWith("num_batches_tracked")) {
                float precision = key.endsWith("running_var") ? 1e-5f : 0;
                assertThat(file.get(key).values()).as(key).containsExactly(array.values(), within(precision));
            }
        });
    }

    /** Its weights are laid out otherwise, and a separable layer has two of them. */
    @Test
    void refusesALayerThatPyTorchLaysOutOtherwise() {
        MultiLayerNetwork model = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(new SeparableConvolution2D.Builder(3, 3)
                        .name("apart")
                        .nOut(4)
                        .build())
                .layer(new OutputLayer.Builder()
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(6, 6, 3))
                .build());
        model.init();
        Network network = Network.of(model);

        assertThatThrownBy(() -> TorchWeights.of(network, TorchModules.of("own", network)))
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "Cannot exchange weights with PyTorch: layer apart is a SeparableConvolution2D, whose weights PyTorch"
                                + " lays out otherwise. Export the network with --onnx instead.");
    }

    @Test
    void takesTheFilesOrderWhereTheNamesAreOthers() throws IOException {
        Map<String, NpyArray> renamed = new LinkedHashMap<>();
        NpzFileTest.read("batch-norm-cnn").forEach((name, array) -> renamed.put("model." + name, array));
        Network network = network("batch-norm-cnn");

        TorchWeights.load(network, TorchModules.of("batch-norm-cnn", network), renamed, "renamed.npz");

        assertPredictsAsPyTorch(network, "batch-norm-cnn");
    }

    @Test
    void namesTheModulesOfAnotherNetworkAsItsLayers() {
        assertThat(TorchModules.of("other", network("all-convolutional")))
                .containsExactly("layer0", "layer1", "layer2");
    }

    @Test
    void refusesAnotherNetworksWeightsAndChangesNothing() throws IOException {
        Network network = network("all-convolutional");
        float[] before = network.parameters().toFloatVector();
        List<String> modules = TorchModules.of("all-convolutional", network);
        Map<String, NpyArray> other = new LinkedHashMap<>(NpzFileTest.read("all-convolutional"));
        other.put("c3.bias", NpyArray.of(new float[11], 11));
        Map<String, NpyArray> fewer = new LinkedHashMap<>(other);
        fewer.remove("c1.bias");

        assertThatThrownBy(() -> TorchWeights.load(network, modules, other, "other.npz"))
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "Cannot load the weights in other.npz: c3.bias has the shape [11], not that of c3.bias [10]."
                                + " Give a file with c1.weight [16, 1, 3, 3], c1.bias [16], c2.weight [16, 16, 3, 3],"
                                + " c2.bias [16], c3.weight [10, 16, 3, 3], c3.bias [10].");
        assertThatThrownBy(() -> TorchWeights.load(network, modules, fewer, "fewer.npz"))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot load the weights in fewer.npz: it has 5 arrays, the network 6.");
        assertThat(network.parameters().toFloatVector()).isEqualTo(before);
    }

    private static void assertPredictsAsPyTorch(Network network, String name) throws IOException {
        Map<String, NpyArray> torch = NpzFileTest.read(name + "-predictions");
        float[] predicted = network.output(Nd4j.create(torch.get("x").values(), new long[] {3, 1, 28, 28}, 'c'))
                .dup('c')
                .reshape(30)
                .toFloatVector();

        assertThat(predicted).containsExactly(torch.get("probabilities").values(), within(1e-5f));
    }

    private static Network network(String name) {
        return switch (name) {
            case "fashion-cnn" ->
                network(
                        new ConvolutionLayer.Builder(5, 5).nOut(4).build(),
                        maxPool(),
                        new ConvolutionLayer.Builder(5, 5).nOut(8).build(),
                        maxPool(),
                        new DenseLayer.Builder().nOut(16).build(),
                        new OutputLayer.Builder()
                                .nOut(10)
                                .activation(Activation.SOFTMAX)
                                .build());
            case "all-convolutional" ->
                network(
                        stride2(16),
                        stride2(16),
                        stride2(10),
                        new GlobalPoolingLayer.Builder(PoolingType.AVG).build(),
                        new LossLayer.Builder().activation(Activation.SOFTMAX).build());
            default ->
                network(
                        padded(4),
                        new BatchNormalization.Builder()
                                .activation(Activation.IDENTITY)
                                .build(),
                        new ActivationLayer(Activation.RELU),
                        maxPool(),
                        padded(8),
                        new BatchNormalization.Builder()
                                .activation(Activation.IDENTITY)
                                .build(),
                        new ActivationLayer(Activation.RELU),
                        maxPool(),
                        new OutputLayer.Builder()
                                .nOut(10)
                                .activation(Activation.SOFTMAX)
                                .build());
        };
    }

    private static Network network(Layer... layers) {
        NeuralNetConfiguration.ListBuilder list =
                new NeuralNetConfiguration.Builder().activation(Activation.RELU).list();
        for (Layer layer : layers) {
            list.layer(layer);
        }
        MultiLayerNetwork network = new MultiLayerNetwork(
                list.setInputType(InputType.convolutional(28, 28, 1)).build());
        network.init();
        return Network.of(network);
    }

    private static Layer stride2(int channels) {
        return new ConvolutionLayer.Builder(3, 3)
                .stride(2, 2)
                .padding(1, 1)
                .nOut(channels)
                .build();
    }

    private static Layer padded(int channels) {
        return new ConvolutionLayer.Builder(5, 5)
                .padding(2, 2)
                .nOut(channels)
                .activation(Activation.IDENTITY)
                .build();
    }

    private static Layer maxPool() {
        return new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                .kernelSize(2, 2)
                .stride(2, 2)
                .build();
    }
}
