package io.github.sparkcnn.cli;

import io.github.sparkcnn.io.HadoopUser;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The command {@code sparkcnn}, as Spark's SparkSubmit starts it. */
@Command(
        name = "sparkcnn",
        description = "Trains convolutional image classifiers on Apache Spark.",
        footer = {"", "sparkcnn COMMAND --help tells what a command takes."},
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            TrainCommand.class,
            EvaluateCommand.class,
            PredictCommand.class,
            ExportCommand.class,
            ImportCommand.class,
            CompareCommand.class,
            TuneCommand.class,
            ShowCommand.class,
            ReportCommand.class,
            DataCommand.class
        })
public final class Main implements Runnable {

    @Spec
    private CommandSpec spec;

    private Main() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing required subcommand");
    }

    /** Runs a command; leaves the JVM with its exit code unless that is 0, when Spark ends as usual. */
    public static void main(String[] args) {
        // Spark and Hadoop put numbers into the names of files in the user's digits.
        Locale.setDefault(Locale.ROOT);
        HadoopUser.ensure();
        int code = commandLine().execute(args);
        if (code != 0) {
            System.exit(code);
        }
    }

    static CommandLine commandLine() {
        CommandLine all = new CommandLine(new Main())
                .setExecutionStrategy(Failures::handed)
                .registerConverter(String.class, Main::notEmpty)
                .setExecutionExceptionHandler(Failures::report)
                .setParameterExceptionHandler(Failures::report)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true);
        tellVersion(all);
        return all;
    }

    /** The one version that there is: picocli has a command print nothing that has none of its own. */
    private static void tellVersion(CommandLine command) {
        command.getCommandSpec().versionProvider(new BuildVersion());
        command.getSubcommands().values().forEach(Main::tellVersion);
    }

    /** A shell variable that is not set would name the folder that the command is given in. */
    private static String notEmpty(String word) {
        if (word.isBlank()) {
            throw new TypeConversionException("it is empty");
        }
        return word;
    }
}
