package io.github.sparkcnn.cli;

import io.github.sparkcnn.config.DataConfig.Malformed;
import io.github.sparkcnn.config.DeviceConfig;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.predict.PredictionDevice;
import io.github.sparkcnn.predict.PredictionEngine;
import io.github.sparkcnn.predict.PredictionFormat;
import io.github.sparkcnn.predict.PredictionRun;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code predict --model DIR --data PATH --output DIR [--engine auto|onednn|onnx] [--output-format parquet|csv] …}. */
@Command(
        name = "predict",
        description = "Predicts the class of every image with a saved model.",
        mixinStandardHelpOptions = true)
final class PredictCommand implements Callable<Integer> {

    private static final int LABELS_OF_A_BYTE = 256;

    @Mixin
    private ModelOption model;

    @Mixin
    private ImageOptions images;

    @Option(
            names = "--output",
            required = true,
            paramLabel = "DIR",
            description = "The folder of predictions to write.")
    private String output;

    @Option(
            names = "--output-format",
            paramLabel = "F",
            description = "parquet or csv. Default: csv where DIR ends in .csv, else parquet.")
    private PredictionFormat outputFormat;

    @Option(
            names = "--engine",
            paramLabel = "E",
            defaultValue = "auto",
            description = "auto (the saved network, on oneDNN called directly where it allows, else on Deeplearning4j's"
                    + " layers; device.kernels decides), onednn (called directly, or an error that says why not)"
                    + " or onnx (ONNX Runtime). dl4j is an older word for auto. Default: ${DEFAULT-VALUE}.")
    private PredictionEngine engine;

    @Mixin
    private DeviceOptions device;

    @Override
    public Integer call() {
        SparkApplication application = new SparkApplication("sparkcnn predict");
        Storage storage = application.storage();
        DeviceConfig asked = device(storage);
        application.on(asked);
        Path folder = storage.path(output);
        PredictionFormat format = outputFormat != null ? outputFormat : PredictionFormat.of(output);
        // A label that the model does not know is no reason not to predict.
        ImageSource source =
                new ImageSource(images.path(), "--data", Split.TEST, images.format(), Malformed.FAIL, LABELS_OF_A_BYTE);
        PredictionRun.Result result =
                application.run(spark -> new PredictionRun(spark, storage, model.folder(), engine, folder, format)
                        .on(PredictionDevice.of(asked, System.out::println))
                        .execute(source));
        System.out.printf(
                Locale.ROOT,
                "Predictions %s  %d images  %.1f s  %,.0f images/s%n",
                result.output(),
                result.images(),
                result.seconds(),
                result.images() / result.seconds());
        return 0;
    }

    private DeviceConfig device(Storage storage) {
        if (engine != PredictionEngine.AUTO) {
            device.refuseSetting("predict", "device.kernels", "--engine");
        }
        if (engine == PredictionEngine.ONNX) {
            device.refuseSetting("predict", "device.require-native-kernels", "--engine");
        }
        return device.read(storage);
    }
}
