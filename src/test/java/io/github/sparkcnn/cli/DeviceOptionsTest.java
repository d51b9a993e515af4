package io.github.sparkcnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.data.csv.CsvWriter;
import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.data.sample.SampleGarments;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PixelScale;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.kernel.DetachedEngine;
import io.github.sparkcnn.kernel.Kernels;
import io.github.sparkcnn.model.ModelCard;
import io.github.sparkcnn.model.ModelFolder;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.architecture.Architectures;
import io.github.sparkcnn.network.optimizer.Adam;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Commands that use a model compute on what device.* asks for, or say in one line why not. */
class DeviceOptionsTest extends SparkTest {

    private static final int DONE = 0;
    private static final int USER_MISTAKE = 2;
    private static final String WARNING =
            "Warning: an executor does not call oneDNN directly: layer 0 has weight noise;"
                    + " Deeplearning4j's layers run instead";
    private static final String REFUSAL = "Cannot use oneDNN for this network: layer 0 has weight noise.";

    @TempDir
    static Path folder;

    private final StringWriter err = new StringWriter();
    private String out = "";

    @BeforeAll
    static void saveANetworkThatOneDnnCannotRun() {
        System.setProperty("spark.master", "local[2]");
        Kernels.wake();
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(new DenseLayer.Builder()
                        .nOut(8)
                        .activation(Activation.RELU)
                        .weightNoise(new DropConnect(0.5))
                        .build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(10)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(28, 28, 1))
                .build());
        network.init();
        Storage storage = Storage.ofLocalMaster(jsc().hadoopConfiguration());
        ModelFolder.save(
                storage,
                storage.path(folder.resolve("model").toString()),
                Network.of(network),
                ModelCard.unsaved("noisy", SampleGarments.labels(), ImageShape.MNIST, PixelScale.UNIT));
        ModelFolder.save(
                storage,
                storage.path(folder.resolve("plain/model").toString()),
                Architectures.build("all-convolutional", ImageShape.MNIST, 10, new Adam(0.001, 0), 1),
                ModelCard.unsaved("all-convolutional", SampleGarments.labels(), ImageShape.MNIST, PixelScale.UNIT));
        CsvWriter.write(
                storage, storage.path(folder.resolve("x.csv").toString()), SampleGarments.draw(Split.TEST, 600, 1));
    }

    @AfterAll
    static void forgetTheMaster() {
        System.clearProperty("spark.master");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evaluate --model {folder} --data {folder}/x.csv",
                "predict --model {folder} --data {folder}/x.csv --output {folder}/auto",
                "data show --model {folder} --data {folder}/x.csv --output {folder}/mistakes.png --explain",
                "predict --model {folder} --data {folder}/x.csv --output {folder}/dl4j --engine dl4j --set"
                        + " device.threads=2",
            })
    void whereOneDnnCannotRunTheNetworkLayersDoAndAWarningSaysSoOnce(String line) {
        assertThat(run(line)).isEqualTo(DONE);

        assertThat(out.lines().filter(WARNING::equals)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evaluate --model {folder} --data {folder}/x.csv --set device.engine=dl4j",
                "predict --model {folder} --data {folder}/x.csv --output {folder}/layers --set device.engine=dl4j",
                "predict --model {folder} --data {folder}/x.csv --output {folder}/runtime --engine onnx --set"
                        + " device.threads=2",
                "export --model {folder} --onnx {folder}/layers.onnx --set device.require-native-kernels=true",
            })
    void whatWasAskedForIsNoShortfall(String line) {
        assertThat(run(line)).isEqualTo(DONE);

        assertThat(out).doesNotContain("Warning");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evaluate --model {folder} --data {folder}/x.csv --set device.engine=onednn",
                "evaluate --model {folder} --data {folder}/x.csv --set device.require-native-kernels=true",
                "predict --model {folder} --data {folder}/x.csv --output {folder}/no --set device.engine=onednn",
                "data show --model {folder} --data {folder}/x.csv --output {folder}/no --set device.engine=onednn",
                "predict --model {folder} --data {folder}/x.csv --output {folder}/no --engine onednn",
                "export --model {folder} --onnx {folder}/no --set device.engine=onednn",
            })
    void whatIsRequiredAndCannotBeHadIsRefused(String line) {
        assertThat(run(line)).isEqualTo(USER_MISTAKE);

        assertThat(err.toString()).startsWith(REFUSAL).hasLineCount(1);
        assertThat(folder.resolve("no")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--set device.backend=cuda | Cannot use device.backend = cuda: ",
                "--set training.epochs=3 | Cannot use --set training.epochs=3: this command takes keys of device.*,"
                        + " data.columns, data.shape and data.malformed only. Write e.g. --set device.threads=2.",
                "--set device.engin=onednn | Cannot use the configuration: there is no key device.engin. Did you mean"
                        + " device.engine?",
                "--set device.threads=0 | Cannot use the configuration: device.threads is 0. Set it to 1 or more.",
                "--set device | Cannot use --set device: it has no KEY=VALUE.",
            })
    void aWrongKeyIsOneLineBeforeAnyWork(String words, String message) throws IOException {
        for (String command : new String[] {
            "evaluate --model /nothing --data x.csv --output {folder}/no",
            "predict --model /nothing --data x.csv --output {folder}/no",
            "data show --model /nothing --data x.csv --output {folder}/no",
            "export --model /nothing --onnx {folder}/no",
            "export --model /nothing --npz {folder}/no"
        }) {
            err.getBuffer().setLength(0);

            assertThat(run(command + " " + words)).isEqualTo(USER_MISTAKE);

            assertThat(err.toString()).startsWith(message).hasLineCount(1);
            assertThat(folder.resolve("no")).doesNotExist();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--engine onnx --set device.engine=dl4j",
                "--engine onednn --set device.engine=dl4j",
                "--engine dl4j --set device.engine=onednn",
            })
    void theEngineIsNotContradicted(String words) {
        assertThat(run("predict --model {folder} --data {folder}/x.csv --output {folder}/no " + words))
                .isEqualTo(USER_MISTAKE);

        assertThat(err.toString())
                .startsWith("Cannot predict with --set device.")
                .endsWith(": --engine decides it here. Use --engine instead.\n")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "onnx | device.backend=cuda | it computes on the processor, and device.backend is cuda."
                        + " Leave that out, or use --engine auto or torch.",
                "onednn | device.backend=cuda | it computes on the processor, and device.backend is cuda."
                        + " Leave that out, or use --engine auto or torch.",
                "onnx | device.require-native-kernels=true | ONNX Runtime has kernels of its own, and"
                        + " device.require-native-kernels is true. Leave that out, or use --engine auto, onednn or torch.",
            })
    void whatTheEngineIsNotIsNotIgnored(String engine, String setting, String reason) {
        assertThat(run("predict --model {folder} --data {folder}/x.csv --output {folder}/no --engine " + engine
                        + " --set " + setting))
                .isEqualTo(USER_MISTAKE);

        assertThat(err.toString()).isEqualTo("Cannot predict with --engine " + engine + ": " + reason + "\n");
    }

    /** As far as the model that is not there. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--engine onnx --set device.backend=cpu",
                "--engine onnx --set device.require-native-kernels=false",
                "--engine onednn --set device.backend=cpu"
            })
    void whatTheEngineIsAnywayMayBeAskedFor(String words) {
        assertThat(run("predict --model /nothing --data {folder}/x.csv --output {folder}/no " + words))
                .isEqualTo(USER_MISTAKE);

        assertThat(err.toString()).startsWith("Cannot load model ").contains("/nothing");
    }

    @Test
    void theWordThatPredictionsUsedToBeAskedForWithMeansTheSame() throws IOException {
        run("predict --model {folder} --data {folder}/x.csv --output {folder}/new.csv");
        run("predict --model {folder} --data {folder}/x.csv --output {folder}/old.csv --engine dl4j");

        assertThat(rows("new.csv")).isEqualTo(rows("old.csv")).hasLineCount(601);
    }

    /** The same classes, and probabilities that differ by their rounding. */
    @Test
    void libtorchPredictsWhatIsPredictedAnyway() throws IOException {
        String line =
                "predict --model {folder}/plain --data {folder}/x.csv --columns label,probabilities --output {folder}/";
        assertThat(run(line + "plain.csv")).isEqualTo(DONE);
        assertThat(run(line + "torch.csv --engine torch")).isEqualTo(DONE);

        List<String> plain = rows("plain.csv").lines().toList();
        List<String> torch = rows("torch.csv").lines().toList();
        assertThat(torch).hasSize(601).hasSameSizeAs(plain);
        assertThat(torch.get(0)).isEqualTo(plain.get(0));
        int distinct = 0;
        for (int i = 1; i < plain.size(); i++) {
            double[] expected = numbers(plain.get(i));
            double[] predicted = numbers(torch.get(i));
            assertThat(predicted[0]).isEqualTo(expected[0]);
            assertThat(predicted).hasSize(11).containsExactly(expected, within(1e-5));
            distinct += Arrays.equals(predicted, expected) ? 0 : 1;
        }
        assertThat(distinct).as("rows that another engine has rounded").isPositive();
    }

    private static double[] numbers(String row) {
        return Stream.of(row.split(",")).mapToDouble(Double::parseDouble).toArray();
    }

    @Test
    void predictsInBatchesThatSuitTheEngine() throws IOException {
        String line = "predict --model {folder}/plain --data {folder}/x.csv --output {folder}/";
        DetachedEngine.LARGEST_PREDICTION.set(0);
        assertThat(run(line + "by-256.csv --set device.engine=dl4j")).isEqualTo(DONE);
        assertThat(run(line + "by-more.csv --set device.engine=detached")).isEqualTo(DONE);

        assertThat(DetachedEngine.LARGEST_PREDICTION).hasValue(DetachedEngine.PREDICTION_BATCH);
        assertThat(rows("by-more.csv")).isEqualTo(rows("by-256.csv")).hasLineCount(601);
    }

    private static String rows(String name) throws IOException {
        try (var parts = Files.list(folder.resolve(name))) {
            Path part = parts.filter(file -> file.getFileName().toString().startsWith("part-"))
                    .findFirst()
                    .orElseThrow();
            return Files.readString(part);
        }
    }

    private int run(String line) {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            return Main.commandLine()
                    .setErr(new PrintWriter(err, true))
                    .execute(line.replace("{folder}", folder.toString()).split(" ", -1));
        } finally {
            System.setOut(before);
            out = bytes.toString(StandardCharsets.UTF_8);
        }
    }
}
