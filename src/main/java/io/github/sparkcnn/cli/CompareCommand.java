package io.github.sparkcnn.cli;

import io.github.sparkcnn.cli.option.Experiment;
import io.github.sparkcnn.compare.CompareRun;
import io.github.sparkcnn.compare.Comparison;
import io.github.sparkcnn.compare.ComparisonPlan;
import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.console.Console;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.train.listener.ConsoleListener;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code compare [CONF] [--set KEY=VALUE]… [--workers 1,2,…] --output DIR}. */
@Command(
        name = "compare",
        description = "Trains the same experiment with different numbers of workers and compares speed and accuracy.",
        mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {

    @Mixin
    private Experiment experiment;

    @Option(
            names = "--workers",
            paramLabel = "N,N,…",
            description =
                    "Numbers of workers. Default: 1 and as many as the cluster has slots (GPUs on a GPU cluster).")
    private String workers = "";

    @Option(
            names = "--strategies",
            paramLabel = "S,S",
            defaultValue = "all-reduce",
            description = "all-reduce, dl4j-averaging or both. Default: ${DEFAULT-VALUE}.")
    private String strategies;

    @Option(
            names = "--batch",
            paramLabel = "total|worker|both",
            defaultValue = "total",
            description = "What is the same with any number of workers: the images of a step of all together, as many as"
                    + " the fewest workers have; those of each worker; or one after the other. Default: ${DEFAULT-VALUE}.")
    private String batch;

    @Option(
            names = "--target",
            paramLabel = "A",
            defaultValue = "0.85",
            description = "The accuracy whose first reaching is timed. Default: ${DEFAULT-VALUE}.")
    private double target;

    @Option(
            names = "--output",
            required = true,
            paramLabel = "DIR",
            description =
                    "A new folder for the runs, compare.txt, compare.json and, of two runs or more, compare.html.")
    private String output;

    @Override
    public Integer call() {
        experiment.refuseSetting("compare", "training.workers", "--workers");
        experiment.refuseSetting("compare", "training.strategy", "--strategies");
        ComparisonPlan plan = ComparisonPlan.parse(strategies, workers, batch, target);
        SparkApplication application = new SparkApplication("sparkcnn compare " + experiment.name());
        Storage storage = application.storage();
        Configuration configuration = experiment.read(storage);
        Path folder = storage.path(output);
        Console console = application.tellingInLog().console();
        console.line("Configuration: " + configuration.renderOverrides());
        ConsoleListener listener = new ConsoleListener(console, configuration.training());
        Comparison comparison = application
                .on(configuration.device())
                .run(spark -> new CompareRun(
                                spark,
                                storage,
                                settings -> experiment.read(storage, settings),
                                plan,
                                folder,
                                List.of(listener))
                        .execute());
        console.line("");
        comparison.text().lines().forEach(console::line);
        console.line("Comparison " + folder);
        return 0;
    }
}
