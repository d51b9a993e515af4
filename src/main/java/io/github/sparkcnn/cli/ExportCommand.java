package io.github.sparkcnn.cli;

import io.github.sparkcnn.cli.option.DeviceOptions;
import io.github.sparkcnn.cli.option.ModelOption;
import io.github.sparkcnn.config.DeviceConfig;
import io.github.sparkcnn.console.Console;
import io.github.sparkcnn.data.ImageReader;
import io.github.sparkcnn.data.format.ImageFormats;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.data.sample.SampleGarments;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.kernel.RequiredBackend;
import io.github.sparkcnn.model.ModelCard;
import io.github.sparkcnn.model.npz.WeightsFile;
import io.github.sparkcnn.onnx.OnnxInput;
import io.github.sparkcnn.predict.OnnxExportRun;
import io.github.sparkcnn.predict.PredictionDevice;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code export --model DIR --onnx FILE [--input pixels|image] [--check-data PATH]} or {@code … --npz FILE}. */
@Command(
        name = "export",
        description = "Writes a saved model for other programs: as ONNX, or its weights for PyTorch.",
        mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {

    private static final int SAMPLE_IMAGES = 500;
    private static final int SAMPLE_SEED = 1;

    @Mixin
    private ModelOption model;

    @Mixin
    private DeviceOptions device;

    @ArgGroup(multiplicity = "1")
    private Target target;

    private static final class Target {
        @Option(names = "--onnx", paramLabel = "FILE", description = "The ONNX file to write.")
        private String onnx;

        @Option(
                names = "--npz",
                paramLabel = "FILE",
                description = "The NumPy file to write: weights with PyTorch's names and layouts.")
        private String npz;
    }

    @Option(
            names = "--input",
            paramLabel = "I",
            defaultValue = "pixels",
            description =
                    "What the ONNX model takes: pixels (0..255, normalised in the graph) or image (normalised before)."
                            + " Default: ${DEFAULT-VALUE}.")
    private OnnxInput input;

    @Option(
            names = "--check-data",
            paramLabel = "PATH",
            description = "The images on which ONNX Runtime has to agree with the model, as --data of evaluate."
                    + " Default: the generated sample.")
    private String checkData;

    @Override
    public Integer call() {
        SparkApplication application = new SparkApplication("sparkcnn export");
        Console console = application.console();
        Storage storage = application.storage();
        DeviceConfig asked = device.read(storage).device();
        application.on(asked);
        if (target.npz != null) {
            RequiredBackend.wake(asked);
            Path file = WeightsFile.write(storage, model.folder(), storage.path(target.npz));
            console.line("Weights " + file);
            application.next().ofWeights(storage.path(model.folder())).forEach(console::line);
            return 0;
        }
        OnnxExportRun run = new OnnxExportRun(storage, model.folder(), storage.path(target.onnx), input)
                .on(PredictionDevice.of(asked, console::line));
        OnnxExportRun.Result result = run.execute(card -> checkImages(application, card));
        console.line(String.format(
                Locale.ROOT,
                "ONNX %s  %d bytes  largest difference %.1e over %d images",
                result.file(),
                result.bytes(),
                result.difference(),
                result.images()));
        application
                .next()
                .ofExport(storage, storage.path(model.folder()), checkData == null ? "sample:test" : checkData)
                .forEach(console::line);
        return 0;
    }

    private PackedImages checkImages(SparkApplication application, ModelCard card) {
        if (checkData == null) {
            return SampleGarments.draw(Split.TEST, SAMPLE_IMAGES, SAMPLE_SEED);
        }
        ImageSource source = new ImageSource(checkData, "--check-data", Split.TEST, ImageFormats.AUTO)
                .forModel(card.input(), card.resized());
        return application.run(spark ->
                new ImageReader(spark, application.storage()).read(source).collect());
    }
}
