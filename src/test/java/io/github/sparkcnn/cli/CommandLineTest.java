package io.github.sparkcnn.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PixelScale;
import io.github.sparkcnn.image.Resizing;
import io.github.sparkcnn.io.Json;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.model.ModelCard;
import io.github.sparkcnn.model.ModelFolder;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.architecture.Architectures;
import io.github.sparkcnn.network.optimizer.Adam;
import io.github.sparkcnn.predict.CornerModel;
import io.github.sparkcnn.track.EpochMetrics;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest extends SparkTest {

    private static final int DONE = 0;
    private static final int USER_MISTAKE = 2;

    @TempDir
    private Path models;

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
    @CsvSource(
            delimiter = '|',
            value = {
                "train --set training.epoch=1 | Cannot use the configuration: there is no key training.epoch. Did you mean training.epochs?",
                "train nothing.conf | Cannot read nothing.conf: there is no such file. Name an experiment, e.g. conf/quickstart.conf.",
                "train {folder} | Cannot read {folder}: it is a folder. Name an experiment, e.g. conf/quickstart.conf.",
                "train --set data.train= | Cannot use --set data.train=: data.train has no value.",
                "train --set training.sch${x}=1 | Cannot use --set training.sch${x}=1: training.sch${x} is no key.",
                "evaluate --model /nothing --data= | Cannot run sparkcnn evaluate: Invalid value for option '--data': it is empty. Add --help",
                "evaluate --model= --data x.csv | Cannot run sparkcnn evaluate: Invalid value for option '--model': it is empty.",
                "predict --model /nothing --data x.csv --output= | Cannot run sparkcnn predict: Invalid value for option '--output': it is empty.",
                "train --frobnicate | Cannot run sparkcnn train: Unknown option: '--frobnicate'. Add --help to see what it takes.",
                "train --set network.name=null --set network.definition={folder} | Cannot use network.definition {folder}: it is a folder. Name the JSON or model.zip in it.",
                "train --set network.name=fashion | Cannot build network fashion: there is none of that name.",
                "train --set data.train=/nothing/here.csv | Cannot read /nothing/here.csv: there is no such file or folder. Set data.train to",
                "train --serve 65536 | Cannot serve the run's page on port 65536: it is no port. Give --serve a number up to 65535, or 0 for any free port.",
                "tune --serve 65536 --trials 2 --output {folder}/t --space conf/spaces/quickstart.conf | Cannot serve the run's page on port 65536: it is no port. Give --serve a number up to 65535, or 0 for any free port.",
                "train --serve x | Cannot run sparkcnn train: Invalid value for option '--serve': 'x' is not an int. Add --help to see what it takes.",
                "train --set training.workers=64 | Cannot train with 64 workers: the cluster has 2 slots",
                "evaluate --model /nothing --data x.csv | Cannot load model file:/nothing: it has no model.zip with model.json.",
                "evaluate --data x.csv | Cannot run sparkcnn evaluate: Missing required option: '--model=DIR'.",
                "evaluate --model /nothing --data x.csv --output {folder} | Cannot write the evaluation to file:{folder}: it exists already.",
                "data sample --output {folder} --train-images 0 | Cannot draw the sample: --train-images is 0. Ask for 1 image or more.",
                "data download cifar | Cannot download cifar: there is no such data set.",
                "data csv --data /nothing --output {folder}/x.csv | Cannot read /nothing: there is no such file or folder.",
                "data csv --data x.csv --set training.epochs=3 --output {folder}/x.csv | Cannot use --set training.epochs=3: this command takes keys of data.* only. Write e.g. --set data.columns.label=class.",
                "data show --data x.csv --set data.colums=3 --output {folder}/x.png | Cannot use the configuration: there is no key data.colums. Did you mean data.columns?",
                "data show --data /nothing --output {folder}/x.png | Cannot read /nothing: there is no such file or folder.",
                "data show --data x.csv --count 0 --output {folder}/x.png | Cannot draw the images: --count is 0. Ask for 1 image or more.",
                "data show --data x.csv --conf nothing.conf --output {folder}/x.png | Cannot read nothing.conf: there is no such file.",
                "data show --data x.csv --model /nothing --output {folder}/x.png | Cannot load model file:/nothing: it has no model.zip with model.json.",
                "data show --data x.csv --model m --count 0 --output {folder}/x.png | Cannot draw the images: --count is 0. Ask for 1 image or more.",
                "data show --data x.csv --model m --conf c.conf --output {folder}/x.png | Cannot draw the mistakes of model m: it has its own classes and sizes, and --conf is given. Leave that out, or leave out --model.",
                "data show --data x.csv --model m --augmentation [{name=flip}] --output {folder}/x.png | Cannot draw the mistakes of model m: it has its own classes and sizes, and --augmentation is given.",
                "data show --data x.csv --model m --set data.resize=[9,9] --output {folder}/x.png | Cannot use --set data.resize=[9,9]: this command takes keys of device.*, data.columns, data.shape and data.malformed only.",
                "data show --data x.csv --explain --output {folder}/x.png | Cannot draw what speaks for a class: --explain needs a model. Name one with --model.",
                "data | Cannot run sparkcnn data: Missing required subcommand.",
                "predict --model /nothing --data x.csv --output {folder}/p | Cannot load model file:/nothing: it has no model.zip with model.json.",
                "predict --model /nothing --data x.csv --output {folder} | Cannot write predictions to file:{folder}: it exists already.",
                "predict --model /nothing --data x.csv --output {folder}/p --top 0 | Cannot predict with --top 0: it is no number of classes. Ask for 1 class or more.",
                "export --model /nothing --onnx {folder}/x.onnx | Cannot load model file:/nothing: it has no model.zip with model.json.",
                "export --model /nothing | Cannot run sparkcnn export: Error: Missing required argument (specify one of these): (--onnx=FILE | --npz=FILE).",
                "import --npz /nothing.npz --network all-convolutional --output {folder} | Cannot read file:/nothing.npz: there is no such file.",
                "import --npz /nothing.npz --network lenet --output {folder} | Cannot build network lenet: there is none of that name.",
                "import --npz /nothing.npz --network all-convolutional --input 28x28 --output {folder} | Cannot read the image shape 28x28: it is no CHANNELSxHEIGHTxWIDTH. Write e.g. 1x28x28.",
                "compare --workers 0,2 --output {folder}/c | Cannot compare: --workers is 0,2. Give numbers of 1 or more",
                "compare --workers 1,64 --output {folder}/c | Cannot compare with 64 workers: the cluster has 2 slots.",
                "compare --batch each --output {folder}/c | Cannot compare: --batch is each. Give total, worker or both.",
                "compare --strategies local --output {folder}/c | Cannot compare strategies: --strategies names local.",
                "compare --set training.workers=2 --output {folder}/c | Cannot compare with --set training.workers=2: --workers",
                "compare --set training={workers=2} --output {folder}/c | Cannot compare with --set training={workers=2}: --workers",
                "compare --output {folder} | Cannot write the comparison to file:{folder}: it exists already.",
                "compare | Cannot run sparkcnn compare: Missing required option: '--output=DIR'.",
                "tune --trials 2 --output {folder}/t --space nothing.conf | Cannot read nothing.conf: there is no such file. Name a search space, e.g. conf/spaces/quickstart.conf.",
                "tune --trials 2 --output {folder}/t --space {folder} | Cannot read {folder}: it is a folder. Name a search space, e.g. conf/spaces/quickstart.conf.",
                "tune --trials 2 --output {folder}/t | Cannot run sparkcnn tune: Missing required option: '--space=FILE'.",
                "tune --trials 0 --output {folder}/t --space conf/spaces/quickstart.conf | Cannot tune: --trials is 0. Ask for 1 to 100000 trials.",
                "tune --trials 2 --parallel 0 --output {folder}/t --space conf/spaces/quickstart.conf | Cannot tune: --parallel is 0. Set it to 1 or more.",
                "tune --trials 2 --halving 1 --output {folder}/t --space conf/spaces/quickstart.conf | Cannot tune: --halving is 1. Set it to 2 or more, e.g. 3.",
                "tune --trials 2 --min-epochs 2 --output {folder}/t --space conf/spaces/quickstart.conf | Cannot tune: --min-epochs is given without --halving. Add --halving 3, or leave it out.",
                "tune --trials 2 --by f1 --output {folder}/t --space conf/spaces/quickstart.conf | Cannot tune by f1: there is no such number. Set --by to one of accuracy, best-accuracy, loss, best-loss.",
                "tune --trials 2 --output {folder} --space conf/spaces/quickstart.conf | Cannot write the search to file:{folder}: it exists already.",
                "tune --trials 2 --parallel 64 --output {folder}/t --space conf/spaces/quickstart.conf | Cannot train 64 trials at once: a trial has 2 workers, and the cluster has 2 slots. Lower --parallel to 2 or less.",
                "tune --trials 2 --set training.batch-size=8 --output {folder}/t --space conf/spaces/quickstart.conf | Cannot tune with --set training.batch-size=8: --space decides it here. Use --space instead.",
                "show | Cannot run sparkcnn show: Error: Missing required argument (specify one of these): (--model=DIR | --network=NAME).",
                "show --model /nothing | Cannot load model file:/nothing: it has no model.zip with model.json.",
                "show --model /nothing --classes 3 | Cannot show model /nothing: it has its own input and classes, and --classes is given. Leave that out, or name a network with --network.",
                "show --network lenet | Cannot build network lenet: there is none of that name.",
                "show --network fashion-cnn --classes 1 | Cannot show network fashion-cnn: --classes is 1. Ask for 2 to 100000 classes.",
                "show --network resnet --classes 2000000000 | Cannot show network resnet: --classes is 2000000000. Ask for 2 to 100000 classes.",
                "show --network fashion-cnn --input 28x28 | Cannot read the image shape 28x28: it is no CHANNELSxHEIGHTxWIDTH.",
                "show --network fashion-cnn --input 1x9999x9999 | Cannot build network fashion-cnn: images of 1×9999×9999 have 99,980,001 values each, and a network takes at most 8,388,607. Give it smaller images, or scale them with data.resize, e.g. to [28, 28].",
                "show --network resnet --input 9999x9999x9999 | Cannot build network resnet: images of 9999×9999×9999 have 999,700,029,999 values each, and a network takes at most 8,388,607.",
                "show --network fashion-cnn --input 1x1024x1024 | Cannot build network fashion-cnn: it would have 2,097,504,650 parameters for images of 1×1024×1024, and the bytes of 536,870,909 fit into an array. Give it smaller images,",
                "import --npz /nothing.npz --network fashion-cnn --input 1x1024x1024 --output {folder}/m | Cannot build network fashion-cnn: it would have 2,097,504,650 parameters for images of 1×1024×1024,",
                "train --set network.name=fashion-cnn --set data.sample={train-images=4,test-images=4} --set data.resize=[1024,1024] | Cannot build network fashion-cnn: it would have 2,097,504,650 parameters for images of 1×1024×1024,",
                "train --set data.sample={train-images=4,test-images=4} --set training.batch-size=2048 --set data.resize=[1024,1024] | Cannot train minibatches of 2048 images of 1×1024×1024: they have 2,147,483,648 values, and an array at most 2,147,483,639. Lower training.batch-size, or scale the images with data.resize.",
                "report {folder} --output {folder}/p.html | Cannot compare {folder}: it is one run alone. Name two runs or more, or open its report.html.",
                "report {folder} /nothing --output {folder}/p.html | Cannot read run file:{folder}: it has no metrics.jsonl. Name the folder of a training run, as --output gave it.",
                "report {folder} /nothing --output {folder} | Cannot write file:{folder}: it is a folder. Set --output to a file.",
                "report a b | Cannot run sparkcnn report: Missing required option: '--output=FILE'.",
                "unknown | Cannot run sparkcnn: Unmatched argument at index 0: 'unknown'.",
            })
    void oneLineAndExitCodeTwoFor(String words, String message) throws IOException {
        String line = words + (words.startsWith("train") ? " --output " + folder.resolve("run") : "");

        assertThat(run(line)).isEqualTo(USER_MISTAKE);

        assertThat(err.toString())
                .startsWith(message.replace("{folder}", folder.toString()))
                .endsWith(".\n")
                .hasLineCount(1);
        try (var left = Files.walk(folder)) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }

    /** Not even what the experiment is, or what computes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "train --set data.train=/nothing --output {folder}/run",
                "train --set data.test=/nothing --output {folder}/run",
                "compare --set data.train=/nothing --output {folder}/c",
                "tune --set data.test=/nothing --trials 2 --output {folder}/t --space conf/spaces/quickstart.conf",
                "evaluate --model {model} --data /nothing",
                "predict --model {model} --data /nothing --output {folder}/p",
            })
    void nothingComesBeforeTheLineThatDataAreNotThere(String words) {
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, UTF_8));
        try {
            assertThat(run(words.replace("{model}", corner()))).isEqualTo(USER_MISTAKE);
        } finally {
            System.setOut(before);
        }

        assertThat(err.toString())
                .startsWith("Cannot read /nothing: there is no such file or folder. Set ")
                .hasLineCount(1);
        assertThat(out.toString(UTF_8)).isEmpty();
    }

    private String corner() {
        Storage storage = Storage.ofLocalMaster(jsc().hadoopConfiguration());
        ModelFolder.Saved saved = CornerModel.saved();
        ModelFolder.save(storage, storage.path(models.resolve("model").toString()), saved.network(), saved.card());
        return models.toString();
    }

    @Test
    void aBadRowIsNamedAndNothingIsLeftBehind() throws IOException {
        Path csv = folder.resolve("bad.csv");
        Files.writeString(csv, ("3" + ",0".repeat(784) + "\n").repeat(5) + "12" + ",0".repeat(784) + "\n");

        assertThat(run("train --set data.train=" + csv + " --output " + folder.resolve("run")))
                .isEqualTo(USER_MISTAKE);

        assertThat(err.toString())
                .startsWith("Cannot read ")
                .contains("bad.csv", "row 6", "12")
                .hasLineCount(1);
        assertThat(folder.resolve("run/model")).doesNotExist();
    }

    @Test
    void theSampleIsTheSameForTheSameSeed() throws IOException {
        assertThat(run("data sample --train-images 30 --test-images 10 --output " + folder.resolve("a")))
                .isEqualTo(DONE);
        assertThat(run("data sample --train-images 30 --test-images 10 --output " + folder.resolve("b")))
                .isEqualTo(DONE);

        assertThat(folder.resolve("a/train.csv")).hasSameBinaryContentAs(folder.resolve("b/train.csv"));
        assertThat(Files.readAllLines(folder.resolve("a/test.csv"))).hasSize(11);
    }

    @Test
    void imagesAreReadAsTheKeysSay() throws IOException {
        Files.writeString(
                folder.resolve("colour.csv"), "1,2,3,4,5,6,7,8,9,10,11,12,kind\n0,1,2,3,4,5,6,7,8,9,10,11,a\n");

        assertThat(run("data csv --data " + folder.resolve("colour.csv") + " --output " + folder.resolve("planar.csv")
                        + " --set data.shape=[2,2,3] --set data.columns.label=kind"))
                .isEqualTo(DONE);

        assertThat(Files.readAllLines(folder.resolve("planar.csv")).get(1)).isEqualTo("a,0,3,6,9,1,4,7,10,2,5,8,11");
    }

    @ParameterizedTest
    @CsvSource({"csv, out.csv", "show, out.png"})
    void whatIsLeftOutIsTold(String command, String file) throws IOException {
        Path csv = folder.resolve("rows.csv");
        Files.writeString(csv, "label,a,b,c,d\n0,1,2,3,4\n1,x,2,3,4\n1,1,2,3,4\n");
        assertThat(printed("data " + command + " --data " + csv + " --output " + folder.resolve(file)
                        + " --set data.malformed=drop"))
                .startsWith("Dropped 1 malformed rows of " + csv + "; the first: row 3 of ");
    }

    @Test
    void theSampleIsShownWithoutFiles() throws IOException {
        assertThat(run("data show --data sample:test --count 3 --output " + folder.resolve("sample.png")))
                .isEqualTo(DONE);

        assertThat(ImageIO.read(folder.resolve("sample.png").toFile()).getWidth())
                .isEqualTo(8 + 3 * 92);
    }

    @Test
    void theFirstImagesAreDrawnWithTheirAugmentation() throws IOException {
        Path csv = folder.resolve("two.csv");
        Files.writeString(csv, "7,255" + ",0".repeat(783) + "\n" + "1" + ",0".repeat(784) + "\n");
        String show = "data show --data " + csv + " --count 9 --output ";

        assertThat(run(show + folder.resolve("plain.png"))).isEqualTo(DONE);
        assertThat(run(show + folder.resolve("flipped.png") + " --augmentation [{name=flip,probability=1}]"))
                .isEqualTo(DONE);

        BufferedImage plain = ImageIO.read(folder.resolve("plain.png").toFile());
        BufferedImage flipped = ImageIO.read(folder.resolve("flipped.png").toFile());
        // Two cells of 28·3 + 8 by 16 + 28·3 + 8, the augmented image 28·3 + 4 below the first.
        assertThat(plain.getWidth()).isEqualTo(8 + 2 * 92);
        assertThat(plain.getRGB(8, 8 + 16) & 0xffffff).isEqualTo(0xffffff);
        assertThat(plain.getRGB(8 + 3 * 27, 8 + 16) & 0xffffff).isZero();
        assertThat(flipped.getRGB(8, 8 + 16) & 0xffffff).isEqualTo(0xffffff);
        assertThat(flipped.getRGB(8, 8 + 16 + 88) & 0xffffff).isZero();
        assertThat(flipped.getRGB(8 + 3 * 27, 8 + 16 + 88) & 0xffffff).isEqualTo(0xffffff);
    }

    /** A model of another image's size than the data, which resizes them, and looks at a corner only. */
    @Test
    void aModelsMistakesAreDrawnWhereItMakesAny() throws IOException {
        Storage storage = Storage.ofLocalMaster(jsc().hadoopConfiguration());
        ModelFolder.Saved corner = CornerModel.saved();
        ModelFolder.save(
                storage,
                storage.path(folder.resolve("model").toString()),
                corner.network(),
                corner.card().resizing(Resizing.Mode.STRETCH));
        String white = "255" + ",255".repeat(1023);
        String black = "0" + ",0".repeat(1023);
        Path right = Files.writeString(folder.resolve("right.csv"), "1," + white + "\n0," + black + "\n");
        Path wrong =
                Files.writeString(folder.resolve("wrong.csv"), "2," + black + "\n1," + white + "\n0," + white + "\n");
        String show = "data show --model " + folder + " --explain --output " + folder.resolve("x.png") + " --data ";

        assertThat(printed(show + right))
                .endsWith("No mistakes: the model is right on all 2 images; file:" + folder.resolve("x.png")
                        + " is not written\n");
        assertThat(folder.resolve("x.png")).doesNotExist();
        assertThat(printed(show + wrong)).endsWith("x.png  2 of 2 mistakes in 3 images, the most confident first\n");

        BufferedImage sheet = ImageIO.read(folder.resolve("x.png").toFile());
        // Two cells of 16·5 + 8; three lines of 16, and two images of 16·5 + 4.
        assertThat(sheet.getWidth()).isEqualTo(8 + 2 * 88);
        assertThat(sheet.getHeight()).isEqualTo(8 + 3 * 16 + 2 * 84 + 4);
        assertThat(sheet.getRGB(8, 8 + 48) & 0xffffff).as("white is the surer").isEqualTo(0xffffff);
    }

    /** Of a model that brings pictures to its size. */
    @Test
    void anExportIsCheckedOnPhotographsOfSeveralSizes() throws IOException {
        ImageShape shape = new ImageShape(3, 20, 24);
        Storage storage = Storage.ofLocalMaster(jsc().hadoopConfiguration());
        ModelFolder.save(
                storage,
                storage.path(folder.resolve("run/model").toString()),
                Architectures.build("all-convolutional", shape, 2, new Adam(0.001, 0), 6),
                ModelCard.unsaved("all-convolutional", List.of("a", "b"), shape, PixelScale.UNIT)
                        .resizing(Resizing.Mode.CROP));
        for (int side : List.of(30, 40)) {
            Path file = folder.resolve("photos").resolve(side == 30 ? "a" : "b").resolve("1.png");
            Files.createDirectories(file.getParent());
            ImageIO.write(new BufferedImage(side, 32, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
        }

        int code = run("export --model " + folder.resolve("run") + " --onnx " + folder.resolve("net.onnx")
                + " --check-data " + folder.resolve("photos"));

        assertThat(err.toString()).isEmpty();
        assertThat(code).isEqualTo(DONE);
        assertThat(folder.resolve("net.onnx")).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1x28x28", "1x20x24"})
    void weightsGoToNumPyAndBack(String input) throws IOException {
        ImageShape shape = ImageShape.parse(input);
        String files = " --npz " + folder.resolve("weights.npz");
        Network network = Architectures.build("batch-norm-cnn", shape, 10, new Adam(0.001, 0), 6);
        Storage storage = Storage.ofLocalMaster(jsc().hadoopConfiguration());
        ModelFolder.save(
                storage,
                storage.path(folder.resolve("run/model").toString()),
                network,
                ModelCard.unsaved("batch-norm-cnn", Collections.nCopies(10, "x"), shape, PixelScale.UNIT));

        assertThat(run("export --model " + folder.resolve("run") + files)).isEqualTo(DONE);
        assertThat(run("import --network batch-norm-cnn --input " + input + " --output " + folder.resolve("again")
                        + files))
                .isEqualTo(DONE);

        ModelFolder.Saved imported =
                ModelFolder.load(storage, folder.resolve("again").toString());
        assertThat(imported.network().parameters()).isEqualTo(network.parameters());
        assertThat(imported.card().input()).isEqualTo(shape);
        assertThat(imported.card().labels()).startsWith("0", "1").hasSize(10);
    }

    @Test
    void importTakesAMeanAndADeviationForEachChannel() throws IOException {
        ImageShape shape = new ImageShape(3, 20, 24);
        Storage storage = Storage.ofLocalMaster(jsc().hadoopConfiguration());
        ModelFolder.save(
                storage,
                storage.path(folder.resolve("run/model").toString()),
                Architectures.build("all-convolutional", shape, 10, new Adam(0.001, 0), 6),
                ModelCard.unsaved("all-convolutional", Collections.nCopies(10, "x"), shape, PixelScale.UNIT));
        String files = " --npz " + folder.resolve("weights.npz");
        assertThat(run("export --model " + folder.resolve("run") + files)).isEqualTo(DONE);

        assertThat(run("import --network all-convolutional --input 3x20x24 --mean 0.5,0.25,0.125 --deviation 0.5,1,2"
                        + " --output " + folder.resolve("colour") + files))
                .isEqualTo(DONE);

        assertThat(ModelFolder.load(storage, folder.resolve("colour").toString())
                        .card()
                        .normalization())
                .isEqualTo(new PixelScale(List.of(0.5, 0.25, 0.125), List.of(0.5, 1.0, 2.0)));
    }

    @Test
    void aNetworkIsShownWithoutDataBeforeAndAfterItIsTrained() {
        Storage storage = Storage.ofLocalMaster(jsc().hadoopConfiguration());
        ModelFolder.save(
                storage,
                storage.path(folder.resolve("run/model").toString()),
                Architectures.build("fashion-cnn", ImageShape.MNIST, 10, new Adam(0.001, 0), 6),
                ModelCard.unsaved("fashion-cnn", Collections.nCopies(10, "x"), ImageShape.MNIST, PixelScale.UNIT));

        String ofModel = printed("show --model " + folder.resolve("run"));

        assertThat(ofModel.lines())
                .startsWith("fashion-cnn: images of 1×28×28, 10 classes")
                .anyMatch(line -> line.matches("conv1 +ConvolutionLayer +(onednn|dl4j) +32×24×24 +832 +460,800"))
                .anyMatch(line -> line.matches("in all +582,026 +4,267,008"));
        assertThat(printed("show --network fashion-cnn")).isEqualTo(ofModel);
    }

    private String printed(String words) {
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, UTF_8));
        try {
            assertThat(run(words)).isEqualTo(DONE);
        } finally {
            System.setOut(before);
        }
        return out.toString(UTF_8);
    }

    @Test
    void twoRunsAreShownSideBySide() throws IOException {
        for (String name : new String[] {"one", "two"}) {
            Files.createDirectories(folder.resolve(name));
            Files.writeString(
                    folder.resolve(name).resolve("metrics.jsonl"),
                    Json.line(new EpochMetrics(1, 0.5, 0.25, 0.75, 0.1, 100, 20, 5, 2)) + "\n");
        }

        assertThat(run("report {folder}/one {folder}/two --output {folder}/page.html"))
                .isEqualTo(DONE);

        assertThat(folder.resolve("page.html")).content().contains("2 runs side by side", "one, two");
    }

    @Test
    void aRunThatIsNoneSaysWhatIsWrong() throws IOException {
        Files.writeString(folder.resolve("metrics.jsonl"), "{\"epoch\": \"many\"}\n");

        assertThat(run("report {folder} {folder} --output {folder}/page.html")).isEqualTo(USER_MISTAKE);

        assertThat(err.toString())
                .startsWith("Cannot read run file:" + folder
                        + ": its metrics.jsonl is damaged (Cannot deserialize value of type `int`")
                .hasLineCount(1);
        assertThat(folder.resolve("page.html")).doesNotExist();
    }

    @Test
    void helpIsThereForEveryCommand() {
        for (CommandLine command : Main.commandLine().getSubcommands().values()) {
            assertThat(run(command.getCommandName() + " --help")).isEqualTo(DONE);
        }
    }

    private int run(String line) {
        String[] words = line.replace("{folder}", folder.toString()).strip().split(" ", -1);
        return Main.commandLine().setErr(new PrintWriter(err, true)).execute(words);
    }
}
