package io.github.sparkcnn.network.definition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.kernel.Kernels;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.NetworkDefinition;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.OptionalInt;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** What a user's network may be, and the one line that says what it is not. */
class OwnNetworkTest {

    private static final String ACTION = "use network.definition my-net.json";
    private static final ImageShape SHAPE = new ImageShape(1, 12, 12);

    @BeforeAll
    static void wake() {
        Kernels.wake();
    }

    @Test
    void whatADefinitionLeavesOpenFollowsFromTheImages() throws IOException {
        MultiLayerConfiguration open = new NeuralNetConfiguration.Builder()
                .list(convolution(), dense(), softmax(10))
                .build();

        Network network = read(open.toJson()).fit(SHAPE, OptionalInt.of(10), 1).build();

        assertThat(network.layers().get(0).getParam("W").shape()).containsExactly(4, 1, 3, 3);
        assertThat(network.layers().get(1).getParam("W").shape()).containsExactly(4 * 10 * 10, 8);
    }

    @Test
    void aNetworkOfDenseLayersReadsTheImagesAsRows() throws IOException {
        MultiLayerConfiguration rows = new NeuralNetConfiguration.Builder()
                .list(dense(), softmax(10))
                .setInputType(InputType.feedForward(144))
                .build();

        Network network = read(rows.toJson()).fit(SHAPE, OptionalInt.of(10), 1).build();

        assertThat(network.layers().get(0).getParam("W").shape()).containsExactly(144, 8);
    }

    @Test
    void theInitialParametersFollowFromTheSeedOfTheRun() throws IOException {
        OwnNetwork network = read(chain(10).toJson());

        assertThat(parameters(network.fit(SHAPE, OptionalInt.of(10), 1)))
                .isEqualTo(parameters(network.fit(SHAPE, OptionalInt.of(10), 1)))
                .isNotEqualTo(parameters(network.fit(SHAPE, OptionalInt.of(10), 2)));
    }

    private static float[] parameters(NetworkDefinition definition) {
        return definition.build().parameters().toFloatVector();
    }

    @Test
    void theDefinitionInAModelZipIsRead() throws IOException {
        MultiLayerNetwork model = new MultiLayerNetwork(chain(10));
        model.init();
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        ModelSerializer.writeModel(model, zip, true);

        assertThat(OwnNetwork.read(ACTION, new ByteArrayInputStream(zip.toByteArray()))
                        .optimizer())
                .isEqualTo("Sgd, learning rate 0.001");
        byte[] half = java.util.Arrays.copyOf(zip.toByteArray(), 200);
        assertThatThrownBy(() -> OwnNetwork.read(ACTION, new ByteArrayInputStream(half)))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot " + ACTION + ": the zip is damaged: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "                    | it is empty.",
                "label,pixel0        | it is no JSON and no zip.",
                "{\"a\": 1           | its JSON is broken in line 1: ",
                "{\"class_name\": 1} | its JSON is no network of Deeplearning4j: it has neither confs nor vertices with",
                "{\"confs\": 3}      | Deeplearning4j cannot read it: "
            })
    void whatIsNoDefinitionIsRefusedInOneLine(String text, String reason) {
        assertRefused(text == null ? "" : text, reason);
    }

    @Test
    void aLayerThatIsNotOnTheClassPathIsNamed() {
        String json = chain(10).toJson().replace(DenseLayer.class.getName(), "com.example.MyLayer");

        assertRefused(
                json, "there is no class com.example.MyLayer on the class path. Add the jar that has it with --jars.");
    }

    /** 64 units behind 4 maps of 4998×1498, then 512 maps of that size. */
    @Test
    void whatFitsIntoNoArrayIsRefusedBeforeItIsAskedFor() throws IOException {
        ImageShape poster = new ImageShape(1, 5000, 1500);
        OwnNetwork dense = read(new NeuralNetConfiguration.Builder()
                .list(convolution(), new DenseLayer.Builder().nOut(64).build(), softmax(10))
                .build()
                .toJson());
        OwnNetwork wide = read(new NeuralNetConfiguration.Builder()
                .list(
                        new ConvolutionLayer.Builder(3, 3).nOut(512).build(),
                        new GlobalPoolingLayer.Builder().build(),
                        softmax(10))
                .build()
                .toJson());

        assertThatThrownBy(() -> dense.fit(poster, OptionalInt.of(10), 1))
                .hasMessage("Cannot " + ACTION + ": it would have 1,916,673,778 parameters for images of 1×5000×1500,"
                        + " and the bytes of 536,870,909 fit into an array. Give it smaller images, or scale them with"
                        + " data.resize.");
        assertThatThrownBy(() -> wide.fit(poster, OptionalInt.of(10), 1))
                .hasMessageStartingWith("Cannot " + ACTION + ": a layer would make 3,833,346,048 values of an image of"
                        + " 1×5000×1500, and 2,147,483,639 fit into an array.");
        assertThatThrownBy(() -> wide.fit(new ImageShape(3, 5000, 1500), OptionalInt.of(10), 1))
                .hasMessageStartingWith("Cannot " + ACTION + ": images of 3×5000×1500 have 22,500,000 values each");
    }

    /** 242 million parameters fit into an array, and not with Adam's two numbers of each. */
    @Test
    void whatTheOptimizerKeepsCountsToo() throws IOException {
        String layers = new NeuralNetConfiguration.Builder()
                .updater(new Adam(1e-3))
                .list(convolution(), new DenseLayer.Builder().nOut(64).build(), softmax(10))
                .build()
                .toJson();

        assertThatThrownBy(() -> read(layers).fit(new ImageShape(1, 1000, 950), OptionalInt.of(10), 1))
                .hasMessageContaining("its 242,")
                .hasMessageContaining("numbers that the optimizer keeps of them go together");
    }

    /** Deeplearning4j does not know how long their series are. */
    @Test
    void recurrentLayersBehindAConvolutionAreMeasured() throws IOException {
        OwnNetwork network = read(new NeuralNetConfiguration.Builder()
                .list(
                        convolution(),
                        new LSTM.Builder().nOut(5).build(),
                        new GlobalPoolingLayer.Builder().build(),
                        softmax(10))
                .build()
                .toJson());

        try {
            network.fit(new ImageShape(1, 12, 12), OptionalInt.of(10), 1);
        } catch (UserException e) {
            assertThat(e).hasMessageStartingWith("Cannot " + ACTION + ": ");
        }
    }

    @Test
    void imagesOfAnotherShapeAreRefusedByTheLayerThatCannotTakeThem() throws IOException {
        OwnNetwork network = read(chain(10).toJson());

        assertThatThrownBy(() -> network.fit(new ImageShape(3, 12, 12), OptionalInt.of(10), 1))
                .hasMessage(
                        "Cannot " + ACTION + ": layer layer0 takes 1 inputs, and gets 3. Set data.resize to the size"
                                + " that the network was made for, or correct the definition.");
        assertThatThrownBy(() -> network.fit(new ImageShape(1, 14, 12), OptionalInt.of(10), 1))
                .hasMessageContaining(": layer layer1 takes maps of 4×10×10, and gets 4×12×10. Set data.resize");
        assertThatThrownBy(() -> network.fit(new ImageShape(1, 2, 2), OptionalInt.of(10), 1))
                .hasMessageContaining(
                        ": the images are too small for it: layer layer0 makes maps of 0×0. Set data.resize");
        assertThatThrownBy(() -> network.fit(SHAPE, OptionalInt.of(4), 1))
                .hasMessage(
                        "Cannot " + ACTION + ": its output, layer layer2, has 10 outputs, and the data have 4 classes."
                                + " Give the layer nOut = 4, or correct data.labels.");
    }

    @Test
    void whatReadsNoImagesIsRefused() {
        Layer lstm = new LSTM.Builder().nIn(12).nOut(4).build();
        Layer output = new RnnOutputLayer.Builder(LossFunction.MCXENT)
                .nIn(4)
                .nOut(10)
                .activation(Activation.SOFTMAX)
                .build();

        assertRefused(
                new NeuralNetConfiguration.Builder().list(lstm, output).build().toJson(),
                "layer layer0 is a LSTM, which takes sequences, not images. Begin with a layer for images or rows,");
    }

    @Test
    void anOutputThatIsNoClassifierIsRefused() {
        assertRefused(
                output(LossFunction.MSE, Activation.IDENTITY),
                "its output, layer layer1, activates by identity, which is no classifier. End the network with an");
        assertRefused(
                output(LossFunction.SPARSE_MCXENT, Activation.SOFTMAX),
                "its output, layer layer1, has the loss LossSparseMCXENT, which is no classifier.");
        assertRefused(
                output(LossFunction.MCXENT, Activation.SOFTMAX)
                        .replaceFirst("\"lossFn\" : \\{[^}]*}", "\"lossFn\" : null"),
                "its output, layer layer1, has no loss, which is no classifier.");
        assertRefused(
                new NeuralNetConfiguration.Builder()
                        .list(convolution(), dense())
                        .build()
                        .toJson(),
                "its output, layer layer1, is a DenseLayer, which is no classifier.");
    }

    private static String output(LossFunction loss, Activation activation) {
        OutputLayer output =
                new OutputLayer.Builder(loss).nOut(10).activation(activation).build();
        return new NeuralNetConfiguration.Builder()
                .list(dense(), output)
                .build()
                .toJson();
    }

    @Test
    void aGraphOfTwoInputsOrTwoOutputsIsRefused() {
        GraphBuilder inputs = new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("left", "right")
                .addLayer("a", convolution(), "left")
                .addLayer("b", convolution(), "right")
                .addLayer("output", softmax(10), "a", "b")
                .setOutputs("output")
                .setInputTypes(InputType.convolutional(12, 12, 1), InputType.convolutional(12, 12, 1));
        GraphBuilder outputs = new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("image")
                .addLayer("a", convolution(), "image")
                .addLayer("class", softmax(10), "a")
                .addLayer("colour", softmax(3), "a")
                .setOutputs("class", "colour")
                .setInputTypes(InputType.convolutional(12, 12, 1));

        assertRefused(inputs.build().toJson(), "it has 2 inputs, left and right, and images are one.");
        assertRefused(outputs.build().toJson(), "it has 2 outputs, class and colour, and the class is one.");
    }

    @Test
    void whatDoesNotComputeInFloatsIsRefused() {
        String json = new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .list(dense(), softmax(10))
                .build()
                .toJson();

        assertRefused(json, "layer layer0 computes in DOUBLE. Set its dataType to FLOAT.");
    }

    @Test
    void twoLayersOfOneNameAreRefused() {
        Layer one = new DenseLayer.Builder().name("same").nOut(8).build();
        Layer two = new DenseLayer.Builder().name("same").nOut(8).build();

        assertRefused(
                new NeuralNetConfiguration.Builder()
                        .list(one, two, softmax(10))
                        .build()
                        .toJson(),
                "two layers are called same. Give each a name of its own.");
    }

    private static MultiLayerConfiguration chain(int classes) {
        return new NeuralNetConfiguration.Builder()
                .list(convolution(), dense(), softmax(classes))
                .setInputType(InputType.convolutional(12, 12, 1))
                .build();
    }

    private static Layer convolution() {
        return new ConvolutionLayer.Builder(3, 3).nOut(4).build();
    }

    private static Layer dense() {
        return new DenseLayer.Builder().nOut(8).activation(Activation.RELU).build();
    }

    private static Layer softmax(int classes) {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(classes)
                .activation(Activation.SOFTMAX)
                .build();
    }

    private static OwnNetwork read(String json) throws IOException {
        return OwnNetwork.read(ACTION, new ByteArrayInputStream(json.getBytes(UTF_8)));
    }

    private static void assertRefused(String json, String reason) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot " + ACTION + ": " + reason)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }
}
