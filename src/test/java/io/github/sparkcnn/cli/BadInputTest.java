package io.github.sparkcnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PixelScale;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.kernel.Kernels;
import io.github.sparkcnn.model.ModelCard;
import io.github.sparkcnn.model.ModelFolder;
import io.github.sparkcnn.network.architecture.Architectures;
import io.github.sparkcnn.network.optimizer.Adam;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files and models that cannot be used: one line, exit code 2, nothing written. */
class BadInputTest extends SparkTest {

    private static final int USER_MISTAKE = 2;

    @TempDir
    Path folder;

    private final StringWriter err = new StringWriter();

    @BeforeEach
    void nameTheMaster() {
        System.setProperty("spark.master", "local[2]");
    }

    @AfterEach
    void forgetTheMaster() {
        System.clearProperty("spark.master");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        evil   | at byte 2 it asks for posix.system, and only NumPy's arrays are allowed. Give the original
        narrow | its test images have the shape [2, 783], not [2, 784]. Give the original
        by255  | among its training images is 0.121568635, which is no whole number of 256ths below 1.
        """)
    void aPickle(String name, String reason) throws IOException {
        Path pickle = folder.resolve("mnist.pkl.gz");
        try (InputStream in = BadInputTest.class.getResourceAsStream("/pickle/" + name + ".pkl.gz")) {
            Files.write(pickle, in.readAllBytes());
        }

        assertRefused("train --set data.test=null --set data.train=" + pickle, "Cannot read " + pickle + ": " + reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "training.schedule.name=step | Cannot use schedule step: training.schedule.epochs has no value.",
                "training.augmentation=[{name=flop}] | Cannot use augmentation flop: there is none of that name. Did"
                        + " you mean flip?",
                "training.class-weights=[1,2,3] | Cannot use the configuration: training.class-weights is [1.0, 2.0,"
                        + " 3.0]. Set it to 10 numbers, one for each of data.labels.",
                "training.drop-last=true | Cannot train with training.drop-last = true: no worker has a full"
                        + " minibatch: the largest share of 2 has 5 images, and training.batch-size is 128. Set"
                        + " training.drop-last to false or training.batch-size to less.",
                "data.validation-fraction=1.5 | Cannot use the configuration: data.validation-fraction is 1.5. Set it"
                        + " to a number between 0 and 1.",
            })
    void aKey(String setting, String message) throws IOException {
        Path csv = folder.resolve("train.csv");
        Files.writeString(csv, ("3" + ",0".repeat(784) + "\n").repeat(10));

        assertRefused("train --set data.test=null --set data.train=" + csv + " --set " + setting, message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "training.schedule.name=step | Cannot use schedule step: training.schedule.epochs has no value.",
                "training.schedule.name=steps | Cannot use schedule steps: there is none of that name",
                "network.name=lenet | Cannot build network lenet: there is none of that name",
                "data.format=jpeg | Cannot use the configuration: data.format is jpeg. Set it to one of auto, avro,"
                        + " cifar, csv, idx, images, json, npz, orc, parquet, pickle.",
                "device.engine=mkl | Cannot use the configuration: device.engine is mkl. Set it to one of auto,",
                "data.test=null --set training.schedule.name=reduce-on-plateau | Cannot use schedule"
                        + " reduce-on-plateau: there is no test set to measure the validation loss on. Set data.test or",
            })
    void aNameIsRefusedBeforeTheDataAreLookedFor(String setting, String message) throws IOException {
        assertRefused("train --set data.train=" + folder.resolve("nowhere.csv") + " --set " + setting, message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "network.name=fashion-cnn | Cannot fine-tune {folder}/saved: its network is all-convolutional,"
                        + " network.name is fashion-cnn.",
                "network.frozen-layers=3 | Cannot freeze 3 layers: the network has 3 with parameters, and its head has"
                        + " to learn.",
                "network.pretrained=/nowhere | Cannot load model file:/nowhere: it has no model.zip with model.json.",
            })
    void aPretrainedModelIsRefusedBeforeTheDataAreRead(String setting, String message) throws IOException {
        save("saved", ImageShape.MNIST);

        assertRefused(
                "train --set network.name=all-convolutional --set network.pretrained=" + folder.resolve("saved")
                        + " --set " + setting,
                message.replace("{folder}", folder.toString()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        --mean 0.1,0.2 --deviation 1,1 | --mean is 0.1,0.2 and --deviation 1.0,1.0, the images are 3×20×24.
        --mean 0.1,0.2,0.3             | --mean is 0.1,0.2,0.3 and --deviation 1.0, the images are 3×20×24.
        --deviation 1,0,1              | --deviation is 1.0,0.0,1.0. Give a number above 0.
        """)
    void aNormalisationThatDoesNotFitTheChannels(String options, String message) throws IOException {
        assertRefused(
                "import --npz weights.npz --network all-convolutional --output out --input 3x20x24 " + options,
                "Cannot import weights.npz: " + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "training.sch${x} = 1 | line 1: Key 'training.sch' may not be followed by token: '${'x'}' (if you"
                        + " intended",
                ".. = 1 | line 1: path has a leading, trailing, or two adjacent period",
                "training.epochs = o[b] | line 1: Cannot concatenate object or list with a non-object-or-list",
                "data.train = a//b | line 1: a comment begins within a//. Put the text in double quotes,",
            })
    void anExperimentThatIsNoHocon(String text, String reason) throws IOException {
        Path conf = folder.resolve("own.conf");
        Files.writeString(conf, text);

        assertRefused("train " + conf, "Cannot read " + conf + ": " + reason);
    }

    @Test
    void anExperimentInAnotherEncoding() throws IOException {
        Path conf = folder.resolve("own.conf");
        Files.write(conf, "data.train = \"été.csv\"".getBytes(StandardCharsets.ISO_8859_1));

        assertRefused("train " + conf, "Cannot read " + conf + ": its text is not UTF-8.");
    }

    @Test
    void aPretrainedModelOfAnotherInputShape() throws IOException {
        save("small", new ImageShape(1, 20, 20));
        Path csv = folder.resolve("train.csv");
        Files.writeString(csv, ("3" + ",0".repeat(784) + "\n").repeat(10));

        assertRefused(
                "train --set data.test=null --set network.name=all-convolutional --set data.train=" + csv
                        + " --set network.pretrained=" + folder.resolve("small"),
                "Cannot fine-tune " + folder.resolve("small")
                        + ": it takes images of 1×20×20, the training images are 1×28×28. Set data.resize to [20, 20]");
    }

    @Test
    void aModelThatIsNotTheOneWritten() throws IOException {
        save("changed", ImageShape.MNIST);
        Path zip = folder.resolve("changed/model/model.zip");
        byte[] bytes = Files.readAllBytes(zip);
        bytes[bytes.length / 2]++;
        Files.write(zip, bytes);

        for (String command : new String[] {
            "evaluate --data x.csv", "predict --data x.csv --output {folder}/out", "export --onnx {folder}/out"
        }) {
            err.getBuffer().setLength(0);
            assertRefused(
                    command + " --model " + folder.resolve("changed"),
                    "Cannot load model file:" + folder.resolve("changed/model") + ": model.zip has SHA-256 ");
        }
    }

    @Test
    void anOnnxPathThatCannotBeWritten() throws IOException {
        save("good", ImageShape.MNIST);
        Files.writeString(folder.resolve("file"), "in the way");

        assertRefused(
                "export --model " + folder.resolve("good") + " --onnx " + folder.resolve("file/model.onnx"),
                "Cannot write file:" + folder.resolve("file") + ": ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "train --output {folder}/file/run",
                "compare --output {folder}/file/run",
                "tune --trials 2 --space conf/spaces/quickstart.conf --resume --output {folder}/file/search",
                "data csv --data nowhere.csv --output {folder}/file/images.csv",
                "data sample --output {folder}/file",
                "evaluate --model /nowhere --data nowhere.csv --output {folder}/file/evaluation",
                "predict --model /nowhere --data nowhere.csv --output {folder}/file/predictions",
                "import --npz /nowhere.npz --network fashion-cnn --output {folder}/file",
            })
    void anOutputThatCannotBeWritten(String words) throws IOException {
        Files.writeString(folder.resolve("file"), "in the way");

        assertRefused(words, "Cannot write file:" + folder.resolve("file"));

        assertThat(err.toString()).contains("Set --output to a place that can be written");
    }

    @Test
    void aFolderWhereAFileIsToBeWritten() throws IOException {
        Path csv = folder.resolve("train.csv");
        Files.writeString(csv, ("3" + ",0".repeat(784) + "\n").repeat(10));

        assertRefused(
                "data csv --data " + csv + " --output " + folder,
                "Cannot write file:" + folder + ": it is a folder. Set --output to a file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data csv --data sample:test --output {folder}/file",
                "data show --data sample:test --output {folder}/file",
                "data show --model {folder}/good --data sample:test --output {folder}/file",
                "data sample --output {folder}/files",
                "export --model {folder}/good --onnx {folder}/file",
                "export --model {folder}/good --npz {folder}/file"
            })
    void anOutputThatIsThereAlready(String words) throws IOException {
        save("good", ImageShape.MNIST);
        Files.writeString(folder.resolve("file"), "not ours");
        Files.createDirectory(folder.resolve("files"));
        Files.writeString(folder.resolve("files/test.csv"), "not ours");

        assertRefused(words, "Cannot write file:" + folder.resolve("file"));

        assertThat(err.toString()).contains(": it exists already. Choose another --");
        assertThat(folder.resolve("file")).hasContent("not ours");
        try (var left = Files.list(folder.resolve("files"))) {
            assertThat(left).containsExactly(folder.resolve("files/test.csv"));
        }
    }

    @Test
    void imagesThatAreTooSmallForTheNetwork() throws IOException {
        Path csv = folder.resolve("train.csv");
        Files.writeString(csv, ("3" + ",0".repeat(784) + "\n").repeat(10));

        assertRefused(
                "train --set data.test=null --set data.resize=[4,4] --set data.train=" + csv,
                "Cannot build network fashion-cnn: images of 1×4×4 are too small for it. Give it larger images");
        err.getBuffer().setLength(0);
        assertRefused(
                "import --npz /nowhere.npz --network fashion-cnn --input 1x2x2 --output {folder}/out",
                "Cannot build network fashion-cnn: images of 1×2×2 are too small for it. Give it larger images");
    }

    private void save(String name, ImageShape shape) {
        Kernels.wake();
        Storage storage = Storage.ofLocalMaster(jsc().hadoopConfiguration());
        ModelFolder.save(
                storage,
                storage.path(folder.resolve(name).resolve("model").toString()),
                Architectures.build("all-convolutional", shape, 10, new Adam(0.001, 0), 1),
                ModelCard.unsaved("all-convolutional", Collections.nCopies(10, "x"), shape, PixelScale.UNIT));
    }

    private void assertRefused(String words, String message) throws IOException {
        String line =
                words + (words.startsWith("train") && !words.contains("--output") ? " --output {folder}/out" : "");

        int code = Main.commandLine()
                .setErr(new PrintWriter(err, true))
                .execute(line.replace("{folder}", folder.toString()).split(" ", -1));

        assertThat(err.toString()).startsWith(message).endsWith(".\n").hasLineCount(1);
        assertThat(code).isEqualTo(USER_MISTAKE);
        if (Files.exists(folder.resolve("out"))) {
            try (var left = Files.walk(folder.resolve("out"))) {
                assertThat(left.filter(Files::isRegularFile)).isEmpty();
            }
        }
    }
}
