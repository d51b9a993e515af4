package io.github.sparkcnn.cli;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.cli.option.Experiment;
import io.github.sparkcnn.cli.option.ExperimentData;
import io.github.sparkcnn.cli.option.ServeOption;
import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.console.Console;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.tune.Halving;
import io.github.sparkcnn.tune.Objective;
import io.github.sparkcnn.tune.Search;
import io.github.sparkcnn.tune.SearchConsole;
import io.github.sparkcnn.tune.SearchPlan;
import io.github.sparkcnn.tune.SearchedExperiment;
import io.github.sparkcnn.tune.TuneRun;
import io.github.sparkcnn.tune.space.SearchSpace;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code tune [CONF] [--set KEY=VALUE]… --space FILE --trials N --output DIR [--parallel K] [--halving ETA] [--resume] [--serve PORT]}.
 */
@Command(
        name = "tune",
        description =
                "Searches for hyperparameters: trains an experiment with values drawn from a space, by random search"
                        + " or successive halving, and writes the best configuration.",
        mixinStandardHelpOptions = true)
final class TuneCommand implements Callable<Integer> {

    @Mixin
    private Experiment experiment;

    @Option(
            names = "--space",
            required = true,
            paramLabel = "FILE",
            description =
                    "What each key may be, HOCON: KEY = [A, B], or KEY = { from = A, to = B, scale = log, whole = true"
                            + " }. Example: conf/spaces/quickstart.conf.")
    private String space;

    @Option(names = "--trials", required = true, paramLabel = "N", description = "How many trials are drawn.")
    private int trials;

    @Option(
            names = "--output",
            required = true,
            paramLabel = "DIR",
            description = "A new folder for the trials' runs, best.conf, tune.txt, tune.json and tune.html.")
    private String output;

    @Option(
            names = "--parallel",
            paramLabel = "K",
            defaultValue = "1",
            description = "Trials at the same time, each with its own workers. Default: ${DEFAULT-VALUE}.")
    private int parallel;

    @Option(
            names = "--by",
            paramLabel = "NUMBER",
            defaultValue = "accuracy",
            description =
                    "What decides, of the validation images: accuracy, loss (after the last epoch), best-accuracy or"
                            + " best-loss (after any). Default: ${DEFAULT-VALUE}.")
    private String by;

    @Option(
            names = "--halving",
            paramLabel = "ETA",
            description =
                    "Asynchronous successive halving: trains all a little, and the best of every ETA, e.g. 3, ETA times"
                            + " as long. Default: every trial is trained to its end.")
    private Integer halving;

    @Option(
            names = "--min-epochs",
            paramLabel = "N",
            description = "Epochs after which --halving may leave a trial. Default: 1.")
    private Integer minEpochs;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description =
                    "What trials are drawn from: the same seed draws the same. Default: the experiment's training.seed.")
    private Long seed;

    @Option(
            names = "--resume",
            description =
                    "Goes on with the search in --output: trials that have come to their end are not trained again, one"
                            + " that was cut short goes on from its checkpoint. Begins where there is none yet.")
    private boolean resume;

    @Mixin
    private ServeOption serve;

    @Override
    public Integer call() {
        SearchPlan plan = plan();
        SparkApplication application = new SparkApplication("sparkcnn tune " + experiment.name());
        Storage storage = application.storage();
        SearchSpace searched = SearchSpace.parse(
                space, Experiment.textOf(space, storage, "Name a search space, e.g. conf/spaces/quickstart.conf"));
        searched.keys().forEach(key -> experiment.refuseSetting("tune", key, "--space"));
        Configuration configuration = experiment.read(storage);
        if (!resume) { // a search that has come to its end reads none
            ExperimentData.requireThere(storage, configuration.data(), searched.keys());
        }
        Path folder = storage.path(output);
        Console console = application.tellingInLog().console();
        console.line("Configuration: " + configuration.renderOverrides());
        Path page = new Path(folder, "tune.html");
        Search search = serve.during(
                storage,
                () -> Optional.of(page).filter(storage::exists),
                console,
                () -> application.on(configuration.device()).run(spark -> {
                    TuneRun run = new TuneRun(
                            spark, storage, of(storage), searched, plan, folder, new SearchConsole(console, plan));
                    return resume ? run.resume() : run.execute();
                }));
        console.line("");
        search.text().lines().forEach(console::line);
        console.line("");
        search.bestTrial()
                .ifPresent(trial -> console.line("Best trial " + trial.number() + ": "
                        + String.join(" ", SearchSpace.settings(trial.settings()))));
        Path best = new Path(folder, "best.conf");
        console.line("Best configuration " + best);
        console.line("Search " + folder);
        application.next().ofSearch(page, best, configuration).forEach(console::line);
        return 0;
    }

    private SearchPlan plan() {
        if (minEpochs != null && halving == null) {
            throw new UserException(
                    "tune", "--min-epochs is given without --halving", "Add --halving 3, or leave it out");
        }
        return new SearchPlan(
                trials,
                Optional.ofNullable(seed),
                Objective.parse(by),
                Optional.ofNullable(halving).map(eta -> new Halving(eta, minEpochs == null ? 1 : minEpochs)),
                parallel);
    }

    private SearchedExperiment of(Storage storage) {
        return new SearchedExperiment() {
            @Override
            public Configuration with(List<String> settings) {
                return experiment.read(storage, settings);
            }

            @Override
            public String textWith(List<String> settings) {
                return experiment.merged(storage, settings);
            }
        };
    }
}
