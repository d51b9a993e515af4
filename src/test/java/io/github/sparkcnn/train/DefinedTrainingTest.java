package io.github.sparkcnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.data.minibatch.MinibatchPlan;
import io.github.sparkcnn.data.minibatch.Minibatches;
import io.github.sparkcnn.data.pack.Share;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.Minibatch;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.image.PixelScale;
import io.github.sparkcnn.random.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SpaceToDepthLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.linalg.schedule.StepSchedule;

/** {@code network.definition}, and a model.zip of somebody else's: trained as Deeplearning4j's own {@code fit} trains it. */
class DefinedTrainingTest extends SparkTest {

    private static final ImageShape SHAPE = new ImageShape(1, 12, 12);
    private static final int IMAGES = 40;
    private static final int BATCH = 16;
    private static final int EPOCHS = 2;
    private static final long SEED = 7;

    @TempDir
    private Path folder;

    private SmallRuns runs;
    private PackedImages images;

    @BeforeEach
    void writeImages() throws IOException {
        runs = new SmallRuns(spark(), folder);
        SplittableRandom random = new SplittableRandom(3);
        byte[] pixels = new byte[IMAGES * SHAPE.size()];
        int[] labels = new int[IMAGES];
        StringBuilder csv = new StringBuilder();
        for (int i = 0; i < IMAGES; i++) {
            labels[i] = i % 10;
            csv.append(labels[i]);
            for (int p = 0; p < SHAPE.size(); p++) {
                int pixel = random.nextInt(80) + (p / 14 == labels[i] ? 150 : 0);
                pixels[i * SHAPE.size() + p] = (byte) pixel;
                csv.append(',').append(pixel);
            }
            csv.append('\n');
        }
        images = new PackedImages(
                SHAPE, labels, pixels, IntStream.range(0, IMAGES).toArray());
        Files.writeString(folder.resolve("train.csv"), csv);
    }

    /** Separable convolution, leaky ReLU, a merge vertex; the head has an optimizer of its own. */
    private static ComputationGraphConfiguration graph(long seed) {
        return new NeuralNetConfiguration.Builder()
                .seed(seed)
                .weightInit(WeightInit.XAVIER)
                .updater(new Nesterovs(0.02, 0.9))
                .l2(1e-3)
                .activation(new ActivationLReLU(0.1))
                .convolutionMode(ConvolutionMode.Same)
                .graphBuilder()
                .addInputs("image")
                .addLayer("conv", new ConvolutionLayer.Builder(3, 3).nOut(4).build(), "image")
                .addLayer(
                        "separable",
                        new SeparableConvolution2D.Builder(3, 3)
                                .nOut(6)
                                .depthMultiplier(2)
                                .build(),
                        "conv")
                .addVertex("both", new MergeVertex(), "conv", "separable")
                .addLayer(
                        "pool",
                        new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                                .kernelSize(2, 2)
                                .stride(2, 2)
                                .build(),
                        "both")
                .addLayer(
                        "output",
                        new OutputLayer.Builder(LossFunction.MCXENT)
                                .nOut(10)
                                .updater(new Adam(0.004))
                                .activation(Activation.SOFTMAX)
                                .build(),
                        "pool")
                .setOutputs("output")
                .setInputTypes(InputType.convolutional(12, 12, 1))
                .build();
    }

    /** Space to depth, dropout, a clipped gradient, L1, and a rate that follows a schedule of its own. */
    @SuppressWarnings({"rawtypes", "unchecked"}) // Deeplearning4j's builder has no other
    private static MultiLayerConfiguration chain(long seed) {
        return new NeuralNetConfiguration.Builder()
                .seed(seed)
                .weightInit(WeightInit.RELU)
                .updater(new RmsProp(new StepSchedule(ScheduleType.ITERATION, 0.004, 0.5, 3)))
                .l1(1e-4)
                .gradientNormalization(GradientNormalization.ClipL2PerLayer)
                .gradientNormalizationThreshold(0.5)
                .activation(Activation.IDENTITY)
                .list()
                .layer(new ConvolutionLayer.Builder(3, 3).nOut(4).build())
                .layer(new SpaceToDepthLayer.Builder(2, CNN2DFormat.NCHW).build())
                .layer(new DenseLayer.Builder()
                        .nOut(12)
                        .dropOut(0.8)
                        .activation(Activation.TANH)
                        .build())
                .layer(new OutputLayer.Builder(LossFunction.NEGATIVELOGLIKELIHOOD)
                        .nOut(10)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutionalFlat(12, 12, 1))
                .build();
    }

    @ParameterizedTest
    @CsvSource({"dl4j, 1e-7", "auto, 1e-5"})
    void aGraphTrainsAsDeeplearning4jTrainsIt(String kernels, double most) throws IOException {
        runs.train("run", settings(write(graph(123).toJson()), "device.engine=" + kernels));

        ComputationGraph expected = new ComputationGraph(graph(SEED));
        expected.init();
        fit(expected);
        assertThat(SmallRuns.furthest(runs.parameters("run"), expected.params().toFloatVector()))
                .isLessThan(most);
    }

    @ParameterizedTest
    @CsvSource({"dl4j, 1e-7", "auto, 1e-5"})
    void aChainThatNeedsDeeplearning4jsLayersTrainsAsItsOwnFit(String kernels, double most) throws IOException {
        TrainingResult result = runs.train("run", settings(write(chain(123).toJson()), "device.engine=" + kernels));

        MultiLayerNetwork expected = new MultiLayerNetwork(chain(SEED));
        expected.init();
        fit(expected);
        assertThat(SmallRuns.furthest(runs.parameters("run"), expected.params().toFloatVector()))
                .isLessThan(most);
        assertThat(result.last().learningRate()).isEqualTo(0.004 * 0.5);
        assertThat(runs.saved("run").card().network()).isEqualTo("my-net.json");
    }

    @Test
    void theDefinitionsOptimizerHoldsUnlessTheUserGivesOne() throws IOException {
        Path file = write(graph(1).toJson());

        assertThat(runs.notices("own", settings(file)))
                .contains("Optimizer: of the definition, Nesterovs, learning rate 0.02 (conv, separable);"
                        + " Adam, learning rate 0.004 (output)");
        assertThat(runs.notices("given", settings(file, "training.optimizer.learning-rate=0.01")))
                .contains("Optimizer: training.optimizer, adam, learning rate 0.01; not the definition's Nesterovs,"
                        + " learning rate 0.02 (conv, separable); Adam, learning rate 0.004 (output), nor its"
                        + " L1, L2 and weight decay");
        assertThat(runs.saved("given").network().updaterState().orElseThrow().length())
                .isEqualTo(2L * runs.parameters("given").length);
        assertThat(optimizerInManifest("own").asText())
                .isEqualTo(
                        "of the definition, Nesterovs, learning rate 0.02 (conv, separable); Adam, learning rate 0.004"
                                + " (output)");
        assertThat(optimizerInManifest("given").get("learning-rate").asDouble()).isEqualTo(0.01);
        for (String told : List.of("report.html", "tensorboard")) {
            assertThat(text("own", told))
                    .as(told)
                    .contains("of the definition, Nesterovs, learning rate 0.02")
                    .doesNotContain("training.optimizer.name");
            assertThat(text("given", told))
                    .as(told)
                    .contains("training.optimizer.name")
                    .doesNotContain("Nesterovs");
        }
    }

    private JsonNode optimizerInManifest(String run) throws IOException {
        return new ObjectMapper()
                .readTree(Path.of(runs.path(run), "manifest.json").toFile())
                .at("/configuration/training/optimizer");
    }

    /** What is in a run's file, or in the only file of its folder. */
    private String text(String run, String name) throws IOException {
        Path path = Path.of(runs.path(run), name);
        try (Stream<Path> files = Files.walk(path)) {
            Path file = files.filter(Files::isRegularFile)
                    .filter(found -> !found.getFileName().toString().endsWith(".crc"))
                    .findFirst()
                    .orElseThrow();
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void aRateDoesNotFollowTwoSchedules() throws IOException {
        Path file = write(chain(1).toJson());

        assertThatThrownBy(() -> runs.train("run", settings(file, "training.schedule={name=cosine}")))
                .hasMessage("Cannot use network.definition " + file
                        + ": the learning rate of layer layer0 follows a StepSchedule of its own, and"
                        + " training.schedule is cosine. Set training.schedule to { name = constant }, or"
                        + " training.optimizer, which then holds.");
    }

    @Test
    void ourScheduleScalesTheRatesOfTheDefinition() throws IOException {
        Path file = write(graph(1).toJson());

        TrainingResult result = runs.train("run", settings(file, "training.schedule={name=step,epochs=1,factor=0.5}"));

        assertThat(result.last().learningRate()).isEqualTo(0.004 * 0.5);
    }

    @Test
    void otherNumbersOfClassesAreRefusedBeforeTheDataAreRead() throws IOException {
        Path file = write(graph(1).toJson());

        assertThatThrownBy(() -> runs.train("run", settings(file, "data.train=nowhere.csv", "data.labels=[a,b]")))
                .hasMessage("Cannot use network.definition " + file
                        + ": its output, layer output, has 10 outputs, and the data have 2 classes."
                        + " Give the layer nOut = 2, or correct data.labels.");
    }

    @Test
    void aGraphIsNotForDeeplearning4jsAveraging() throws IOException {
        Path file = write(graph(1).toJson());

        assertThatThrownBy(() -> runs.train("run", settings(file, "training.strategy=dl4j-averaging")))
                .hasMessageStartingWith("Cannot train my-net.json with dl4j-averaging: ");
    }

    /** The same steps as the definition's with these weights; nothing is frozen, and the head stays. */
    @Test
    void aModelOfSomebodyElsesTrainsOnWithItsOwnOptimizer() throws IOException {
        ComputationGraph expected = new ComputationGraph(graph(5));
        expected.init();
        Path zip = zip(expected);

        runs.train("run", data("network.pretrained=" + zip, "device.engine=dl4j"));

        fit(expected);
        assertThat(SmallRuns.furthest(runs.parameters("run"), expected.params().toFloatVector()))
                .isLessThan(1e-7);
    }

    @Test
    void aModelOfSomebodyElsesGetsAHeadForOtherClasses() throws IOException {
        ComputationGraph before = new ComputationGraph(graph(5));
        before.init();
        Path zip = zip(before);
        String twelve = "data.labels=[a,b,c,d,e,f,g,h,i,j,k,l]";

        runs.train("run", data("network.pretrained=" + zip, "network.frozen-layers=[conv]", twelve));

        ComputationGraph after = (ComputationGraph) runs.saved("run").network().model();
        assertThat(after.getParam("conv_W")).isEqualTo(before.getParam("conv_W"));
        assertThat(after.getParam("output_W").size(1)).isEqualTo(12);
    }

    private Path write(String json) throws IOException {
        return Files.writeString(folder.resolve("my-net.json"), json);
    }

    private Path zip(Model model) throws IOException {
        Path zip = folder.resolve("theirs.zip");
        ModelSerializer.writeModel(model, zip.toFile(), true);
        return zip;
    }

    private String[] settings(Path definition, String... more) {
        return data(Stream.concat(Stream.of("network.definition=" + definition), Stream.of(more))
                .toArray(String[]::new));
    }

    private String[] data(String... more) {
        List<String> settings = List.of(
                "data.train=" + folder.resolve("train.csv"),
                "training.epochs=" + EPOCHS,
                "training.batch-size=" + BATCH,
                "training.seed=" + SEED);
        return Stream.concat(settings.stream(), Stream.of(more)).toArray(String[]::new);
    }

    /** Deeplearning4j's own training, on the minibatches of a run and with its seeds of the dropout masks. */
    private void fit(Model network) {
        Minibatches minibatches =
                new MinibatchPlan(PixelScale.UNIT, BATCH, false, SEED, List.of()).of(Share.of(images));
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            minibatches.startEpoch(epoch, 0);
            for (int i = 0; i < minibatches.count(); i++) {
                DataSet batch = dataSet(minibatches.get(i));
                Nd4j.getRandom().setSeed(Seeds.of(SEED, epoch, 0, i));
                if (network instanceof MultiLayerNetwork chain) {
                    chain.fit(batch);
                } else {
                    ((ComputationGraph) network).fit(batch);
                }
            }
        }
    }

    private static DataSet dataSet(Minibatch batch) {
        float[] features = Arrays.copyOf(batch.features(), batch.size() * SHAPE.size());
        INDArray labels = Nd4j.zeros(batch.size(), 10);
        for (int i = 0; i < batch.size(); i++) {
            labels.putScalar(i, batch.labels()[i], 1);
        }
        return new DataSet(Nd4j.create(features, new long[] {batch.size(), 1, 12, 12}, 'c'), labels);
    }
}
