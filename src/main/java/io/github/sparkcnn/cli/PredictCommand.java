package io.github.sparkcnn.cli;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.cli.option.DeviceOptions;
import io.github.sparkcnn.cli.option.ImageOptions;
import io.github.sparkcnn.cli.option.ModelOption;
import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.config.DeviceConfig;
import io.github.sparkcnn.console.Console;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.predict.PredictionDevice;
import io.github.sparkcnn.predict.PredictionEngine;
import io.github.sparkcnn.predict.run.ColumnChoice;
import io.github.sparkcnn.predict.run.PredictionFolder;
import io.github.sparkcnn.predict.run.PredictionFormat;
import io.github.sparkcnn.predict.run.PredictionOutput;
import io.github.sparkcnn.predict.run.PredictionRun;
import io.github.sparkcnn.predict.run.PredictionTable;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code predict --model DIR --data PATH --output DIR|table:NAME [--columns C,C,…] [--top K] [--strict] …}. */
@Command(
        name = "predict",
        description = "Predicts the class of every image with a saved model.",
        mixinStandardHelpOptions = true)
final class PredictCommand implements Callable<Integer> {

    private static final String TABLE = "table:";

    @Mixin
    private ModelOption model;

    @Mixin
    private ImageOptions images;

    @Option(
            names = "--output",
            required = true,
            paramLabel = "DIR",
            description = "A new folder for the predictions, or table:NAME for a table of Spark's catalogue.")
    private String output;

    @Option(
            names = "--output-format",
            paramLabel = "F",
            description =
                    "How predictions are written: parquet, csv or json (JSON lines). Default: what DIR ends in (.csv, .json,"
                            + " .jsonl), else parquet.")
    private PredictionFormat outputFormat;

    @Option(
            names = "--columns",
            paramLabel = "C,C,…",
            description =
                    "What is written, in this order: label, name, probability, margin, probabilities (of all classes),"
                            + " error (why an image could not be read), and the data's own columns, its label as"
                            + " true_label. Default: label, name, probability, the data's own columns, error.")
    private String columns;

    @Option(
            names = "--top",
            paramLabel = "K",
            description =
                    "Adds top_labels, top_names and top_probabilities: the K most probable classes. Default: none of"
                            + " them.")
    private Integer top;

    @Option(
            names = "--strict",
            description =
                    "Ends where an image cannot be read, and writes nothing; without it the column error tells why.")
    private boolean strict;

    @Option(
            names = "--engine",
            paramLabel = "E",
            defaultValue = "auto",
            description =
                    "What computes: auto (what device.engine says), onednn (oneDNN, called directly) or torch (libtorch), each"
                            + " that or an error that says why not, or onnx (ONNX Runtime). dl4j is an older word for auto."
                            + " Default: ${DEFAULT-VALUE}.")
    private PredictionEngine engine;

    @Mixin
    private DeviceOptions device;

    @Override
    public Integer call() {
        SparkApplication application = new SparkApplication("sparkcnn predict");
        Console console = application.tellingInLog().console();
        Storage storage = application.storage();
        Configuration configuration = configuration(storage);
        application.on(configuration.device());
        requireOptions();
        if (isTable()) {
            application.requireLastingCatalogue(output.substring(TABLE.length()));
        }
        ColumnChoice choice =
                new ColumnChoice(Optional.ofNullable(columns).map(ColumnChoice::words), top == null ? 0 : top);
        PredictionRun.Request request = new PredictionRun.Request(
                engine, PredictionDevice.of(configuration.device(), console::line), choice, strict);
        ImageSource source = images.source(Split.TEST, configuration.data());
        PredictionRun.Result result = application.run(spark ->
                new PredictionRun(spark, storage, model.folder(), output(spark, storage), request).execute(source));
        result.example().ifPresent(example -> console.line(unread(result.unread(), example)));
        console.line(String.format(
                Locale.ROOT,
                "Predictions %s  %d images  %.1f s  %,.0f images/s",
                isTable() ? output : storage.path(output),
                result.images(),
                result.seconds(),
                result.images() / result.seconds()));
        application
                .next()
                .ofPredictions(storage, storage.path(model.folder()), images.given(configuration), result.isLabelled())
                .forEach(console::line);
        return 0;
    }

    private static String unread(long unread, String example) {
        return unread + (unread == 1 ? " image has" : " images have")
                + " no prediction, as column error says; one of them: " + example;
    }

    private PredictionOutput output(SparkSession spark, Storage storage) {
        return isTable()
                ? new PredictionTable(spark, output.substring(TABLE.length()))
                : new PredictionFolder(
                        storage,
                        storage.path(output),
                        outputFormat != null ? outputFormat : PredictionFormat.of(output));
    }

    private boolean isTable() {
        return output.startsWith(TABLE);
    }

    private void requireOptions() {
        if (top != null && top < 1) {
            throw new UserException(
                    "predict with --top " + top, "it is no number of classes", "Ask for 1 class or more");
        }
        if (isTable() && outputFormat != null) {
            throw new UserException(
                    "predict with --output-format " + outputFormat,
                    output + " is a table, whose format spark.sql.sources.default says",
                    "Leave out --output-format, or name a folder with --output");
        }
    }

    private Configuration configuration(Storage storage) {
        if (engine != PredictionEngine.AUTO) {
            device.refuseSetting("predict", "device.engine", "--engine");
        }
        device.refuseSetting("predict", "data.malformed", "--strict");
        Configuration configuration = device.read(storage);
        requireFitting(configuration.device());
        return configuration;
    }

    /** Refuses what is asked for and the engine is not; what it is anyway may be asked for. */
    private void requireFitting(DeviceConfig asked) {
        boolean isOnnx = engine == PredictionEngine.ONNX;
        if ((isOnnx || engine == PredictionEngine.ONEDNN) && asked.backend() == DeviceConfig.Backend.CUDA) {
            throw refusal("it computes on the processor, and device.backend is cuda", "--engine auto or torch");
        }
        if (isOnnx && asked.requireNativeKernels()) {
            throw refusal(
                    "ONNX Runtime has kernels of its own, and device.require-native-kernels is true",
                    "--engine auto, onednn or torch");
        }
    }

    private UserException refusal(String reason, String engines) {
        return new UserException(
                "predict with --engine " + engine.name().toLowerCase(Locale.ROOT),
                reason,
                "Leave that out, or use " + engines);
    }
}
