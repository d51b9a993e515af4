package io.github.sparkcnn.cli;

import io.github.sparkcnn.cli.option.DeviceOptions;
import io.github.sparkcnn.cli.option.ImageOptions;
import io.github.sparkcnn.cli.option.ModelOption;
import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.console.Console;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.eval.EvaluationFolder;
import io.github.sparkcnn.eval.EvaluationReport;
import io.github.sparkcnn.eval.EvaluationRun;
import io.github.sparkcnn.predict.PredictionDevice;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code evaluate --model DIR --data PATH [--format F] [--output DIR] [--set KEY=VALUE]…}. */
@Command(
        name = "evaluate",
        description = "Evaluates a saved model on labelled images.",
        mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {

    private static final int DIGITS = 4;

    @Mixin
    private ModelOption model;

    @Mixin
    private ImageOptions images;

    @Mixin
    private DeviceOptions device;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description =
                    "A new folder for report.txt, report.json, report.csv and confusion.csv. Default: none is written.")
    private String output;

    @Override
    public Integer call() {
        SparkApplication application = new SparkApplication("sparkcnn evaluate");
        Console console = application.tellingInLog().console();
        Configuration configuration = device.read(application.storage());
        application.on(configuration.device());
        Optional<EvaluationFolder> folder = Optional.ofNullable(output)
                .map(path -> new EvaluationFolder(
                        application.storage(), application.storage().path(path)));
        folder.ifPresent(EvaluationFolder::requireNew);
        ImageSource source = images.source(Split.TEST, configuration.data());
        EvaluationReport report = application.run(spark -> new EvaluationRun(
                        spark,
                        application.storage(),
                        model.folder(),
                        source,
                        PredictionDevice.of(configuration.device(), console::line))
                .execute(console::line));
        folder.ifPresent(files -> files.write(report));
        console.line(report.text(DIGITS));
        console.line(String.format(
                Locale.ROOT, "Images %d  loss %.4f  accuracy %.4f", report.images(), report.loss(), report.accuracy()));
        application
                .next()
                .ofEvaluation(
                        application.storage(),
                        application.storage().path(model.folder()),
                        images.given(configuration),
                        folder.map(EvaluationFolder::text),
                        report.accuracy() == 1)
                .forEach(console::line);
        return 0;
    }
}
