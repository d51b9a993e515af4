package io.github.sparkcnn.cli;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.train.TrainingResult;
import io.github.sparkcnn.train.TrainingRun;
import io.github.sparkcnn.train.listener.ConsoleListener;
import java.io.PrintStream;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code train [CONF] [--set KEY=VALUE]… [--output DIR] [--resume | --resume-only]}. */
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
                    "Goes on behind the newest whole checkpoint in --output, with the same result as uninterrupted; from"
                            + " the beginning where there is none yet. A run that has come to its end is left as it is.")
    private boolean resume;

    @Option(
            names = "--resume-only",
            description =
                    "As --resume, but refuses a folder that has no checkpoint, or a run that has come to its end.")
    private boolean resumeOnly;

    @Override
    public Integer call() {
        requireOutputToResume();
        SparkApplication application = new SparkApplication("sparkcnn train " + experiment.name());
        Storage storage = application.storage();
        Configuration configuration = experiment.read(storage);
        Path folder = storage.path(output != null ? output : defaultOutput());
        PrintStream out = System.out;
        out.println("Configuration: " + configuration.renderOverrides());
        ConsoleListener console =
                new ConsoleListener(out, onTerminal(), configuration.training().epochs());
        TrainingResult result = application.on(configuration.device()).run(spark -> {
            TrainingRun run = new TrainingRun(spark, configuration, storage, folder, List.of(console));
            return resumeOnly ? run.resumeOnly() : resume ? run.resume() : run.execute();
        });
        if (result.ofModel().validationAccuracy() != null) {
            out.printf(Locale.ROOT, "Accuracy %.4f%n", result.ofModel().validationAccuracy());
        }
        out.println("Model " + new Path(result.output(), "model"));
        return 0;
    }

    private void requireOutputToResume() {
        if ((resume || resumeOnly) && output == null) {
            throw new UserException(
                    "resume a run", "--output does not say which", "Name the run's folder with --output");
        }
    }

    @SuppressWarnings("SystemConsoleNull") // this is Java 17, where it is null without a terminal
    private static boolean onTerminal() {
        return System.console() != null;
    }

    private String defaultOutput() {
        return "runs/" + experiment.name() + "-"
                + LocalDateTime.now(ZoneId.systemDefault()).format(STAMP);
    }
}
