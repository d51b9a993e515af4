package io.github.sparkcnn.cli;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.cli.option.Experiment;
import io.github.sparkcnn.cli.option.ExperimentData;
import io.github.sparkcnn.cli.option.ServeOption;
import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.console.Console;
import io.github.sparkcnn.console.NextCommands;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.train.TrainingResult;
import io.github.sparkcnn.train.TrainingRun;
import io.github.sparkcnn.train.listener.ConsoleListener;
import io.github.sparkcnn.train.listener.PageLine;
import io.github.sparkcnn.train.listener.TrainingListener;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code train [CONF] [--set KEY=VALUE]… [--output DIR] [--resume | --resume-only] [--serve PORT]}. */
@Command(
        name = "train",
        description = "Trains a network and evaluates it after every epoch.",
        mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

    @Mixin
    private Experiment experiment;

    @Option(names = "--output", paramLabel = "DIR", description = "The run's folder. Default: runs/CONF-DATE-TIME.")
    private String output;

    @Option(
            names = "--resume",
            description =
                    "Goes on behind the newest whole checkpoint in --output, with the result of a run that was not interrupted;"
                            + " from the beginning where there is none yet. A run that has come to its end is left as it is.")
    private boolean resume;

    @Option(
            names = "--resume-only",
            description =
                    "As --resume, but refuses a folder that has no checkpoint, or a run that has come to its end.")
    private boolean resumeOnly;

    @Mixin
    private ServeOption serve;

    @Override
    public Integer call() {
        requireOutputToResume();
        SparkApplication application = new SparkApplication("sparkcnn train " + experiment.name());
        Storage storage = application.storage();
        Configuration configuration = experiment.read(storage);
        TrainingRun.requireTrainable(configuration);
        ExperimentData.requireThere(storage, configuration.data());
        Path folder = storage.path(output != null ? output : defaultOutput());
        Console console = application.tellingInLog().console();
        console.line("Configuration: " + configuration.renderOverrides());
        List<TrainingListener> listeners = List.of(
                new ConsoleListener(console, configuration.training()),
                new PageLine(
                        console,
                        "Report from the first epoch on",
                        NextCommands.shown(new Path(folder, "report.html"))));
        TrainingResult result = serve.during(
                storage,
                () -> page(storage, folder),
                console,
                () -> application.on(configuration.device()).run(spark -> {
                    TrainingRun run = new TrainingRun(spark, configuration, storage, folder, listeners);
                    return resumeOnly ? run.resumeOnly() : resume ? run.resume() : run.execute();
                }));
        if (result.ofModel().validationAccuracy() != null) {
            console.line(
                    String.format(Locale.ROOT, "Accuracy %.4f", result.ofModel().validationAccuracy()));
        }
        console.line("Model " + new Path(result.output(), "model"));
        application.next().ofRun(result.output(), configuration).forEach(console::line);
        return 0;
    }

    private static Optional<Path> page(Storage storage, Path folder) {
        return Optional.of(new Path(folder, "report.html")).filter(storage::exists);
    }

    private void requireOutputToResume() {
        if ((resume || resumeOnly) && output == null) {
            throw new UserException(
                    "resume a run", "--output does not say which", "Name the run's folder with --output");
        }
    }

    private String defaultOutput() {
        return "runs/" + experiment.name() + "-"
                + LocalDateTime.now(ZoneId.systemDefault()).format(STAMP);
    }
}
