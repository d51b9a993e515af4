package io.github.sparkcnn.cli;

import io.github.sparkcnn.cli.option.Experiment;
import io.github.sparkcnn.cli.option.ExperimentData;
import io.github.sparkcnn.cli.option.ServeOption;
import io.github.sparkcnn.compare.CompareRun;
import io.github.sparkcnn.compare.Comparison;
import io.github.sparkcnn.compare.ComparisonPlan;
import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.console.Console;
import io.github.sparkcnn.console.NextCommands;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.train.TrainingRun;
import io.github.sparkcnn.train.listener.ConsoleListener;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code compare [CONF] [--set KEY=VALUE]… [--workers 1,2,…] [--serve PORT] --output DIR}. */
@Command(
        name = "compare",
        description =
                "Trains the same experiment with different numbers of workers, or by different strategies, and compares speed"
                        + " and accuracy.",
        mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {

    @Mixin
    private Experiment experiment;

    @Option(
            names = "--workers",
            paramLabel = "N,N,…",
            description =
                    "The numbers of workers. Default: 1 and as many as the cluster has slots (GPUs on a GPU cluster).")
    private String workers = "";

    @Option(
            names = "--strategies",
            paramLabel = "S,S,…",
            defaultValue = "all-reduce",
            description = "The strategies: all-reduce, dl4j-averaging or both. Default: ${DEFAULT-VALUE}.")
    private String strategies;

    @Option(
            names = "--batch",
            paramLabel = "total|worker|both",
            defaultValue = "total",
            description =
                    "What is the same with any number of workers: the images of a step of all together, as many as"
                            + " the fewest workers have; those of each worker; or one after the other. Default: ${DEFAULT-VALUE}.")
    private String batch;

    @Option(
            names = "--target",
            paramLabel = "A",
            defaultValue = "0.85",
            description =
                    "An accuracy, as a fraction: how long each run took to reach it is told. Default: ${DEFAULT-VALUE}.")
    private double target;

    @Option(
            names = "--output",
            required = true,
            paramLabel = "DIR",
            description =
                    "A new folder for the runs, compare.txt, compare.json and, of two runs or more, compare.html.")
    private String output;

    @Mixin
    private ServeOption serve;

    @Override
    public Integer call() {
        experiment.refuseSetting("compare", "training.workers", "--workers");
        experiment.refuseSetting("compare", "training.strategy", "--strategies");
        ComparisonPlan plan = ComparisonPlan.parse(strategies, workers, batch, target);
        SparkApplication application = new SparkApplication("sparkcnn compare " + experiment.name());
        Storage storage = application.storage();
        Configuration configuration = experiment.read(storage);
        TrainingRun.requireTrainable(configuration);
        ExperimentData.requireThere(storage, configuration.data());
        Path folder = storage.path(output);
        Console console = application.tellingInLog().console();
        console.line("Configuration: " + configuration.renderOverrides());
        ConsoleListener listener = new ConsoleListener(console, configuration.training());
        Comparison comparison = serve.during(
                storage,
                () -> page(storage, folder),
                console,
                () -> application
                        .on(configuration.device())
                        .run(spark -> new CompareRun(
                                        spark,
                                        storage,
                                        settings -> experiment.read(storage, settings),
                                        plan,
                                        folder,
                                        List.of(listener))
                                .execute()));
        console.line("");
        comparison.text().lines().forEach(console::line);
        console.line("Comparison " + folder);
        next(application.next(), folder, comparison, configuration).forEach(console::line);
        return 0;
    }

    private List<String> next(NextCommands commands, Path folder, Comparison comparison, Configuration configuration) {
        Comparison.Row fastest = comparison.fastest();
        Path run = new Path(folder, fastest.folder());
        return comparison.rows().size() == 1
                ? commands.ofRun(run, configuration)
                : commands.ofComparison(
                        new Path(folder, "compare.html"), run, experiment.words(fastest.settings()), configuration);
    }

    /** The newest: that of the run that goes on, from its first epoch on, or the comparison's, written after each run. */
    static Optional<Path> page(Storage storage, Path folder) {
        if (!storage.exists(folder)) {
            return Optional.empty();
        }
        Stream<FileStatus> ofRuns = storage.list(folder).stream()
                .filter(FileStatus::isDirectory)
                .flatMap(run -> storage.status(new Path(run.getPath(), "report.html")).stream());
        Stream<FileStatus> whole = storage.status(new Path(folder, "compare.html")).stream();
        return Stream.concat(ofRuns, whole) // of those of one second it is the comparison's
                .reduce((one, two) -> two.getModificationTime() >= one.getModificationTime() ? two : one)
                .map(FileStatus::getPath);
    }
}
