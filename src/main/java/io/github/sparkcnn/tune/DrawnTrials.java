package io.github.sparkcnn.tune;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.config.Holdout;
import io.github.sparkcnn.train.TrainingRun;
import io.github.sparkcnn.tune.space.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Draws a search's trials, and refuses what can be known to be wrong with them before any is trained. */
final class DrawnTrials {

    /** What decides would be measured on other images in every trial. */
    private static final List<String> MEASURED_ON = List.of(
            "data.train",
            "data.test",
            "data.validation-fraction",
            "data.validation-last",
            "data.format",
            "data.columns",
            "data.shape",
            "data.labels",
            "data.malformed",
            "data.sample");

    /** Draws the images that are held out by a fraction. */
    private static final String SEED = "training.seed";

    private static final String EPOCHS = "training.epochs";

    private final SearchedExperiment experiment;
    private final SearchSpace space;
    private final SearchPlan plan;

    DrawnTrials(SearchedExperiment experiment, SearchSpace space, SearchPlan plan) {
        this.experiment = experiment;
        this.space = space;
        this.plan = plan;
    }

    /** The experiment without any trial's values. */
    Configuration base() {
        Configuration base = experiment.with(List.of());
        if (!base.data().hasValidation()) {
            throw new UserException(
                    "tune by " + plan.objective().word(),
                    "there is no test set to measure it on",
                    "Set data.test or data.validation-fraction");
        }
        return base;
    }

    /** All of them; what the space can draw at its ends was read, too. */
    List<DrawnTrial> draw(Configuration base) {
        List<String> refused = measuredOn(base);
        space.extremes().forEach(values -> read(values, refused));
        List<DrawnTrial> trials = new ArrayList<>();
        for (Map<String, String> values :
                space.draw(plan.seed().orElse(base.training().seed()), plan.trials())) {
            trials.add(new DrawnTrial(trials.size() + 1, values, read(values, refused)));
        }
        return List.copyOf(trials);
    }

    private Configuration read(Map<String, String> values, List<String> refused) {
        List<String> settings = SearchSpace.settings(values);
        settings.forEach(setting -> requireSearchable(setting, refused));
        Configuration configuration = experiment.with(settings);
        TrainingRun.requireTrainable(configuration);
        return configuration;
    }

    private void requireSearchable(String setting, List<String> refused) {
        sets(setting, refused).ifPresent(key -> {
            throw refusal(key, "the trials would be measured on different images", "Leave it out of the space");
        });
        if (plan.halving().isPresent()) {
            sets(setting, List.of(EPOCHS)).ifPresent(key -> {
                throw refusal(key, "--halving decides how long a trial is trained", "Leave one of the two out");
            });
        }
    }

    private static List<String> measuredOn(Configuration base) {
        boolean isDrawn = base.data().holdout().flatMap(Holdout::fraction).isPresent();
        return isDrawn ? Stream.concat(MEASURED_ON.stream(), Stream.of(SEED)).toList() : MEASURED_ON;
    }

    private static Optional<String> sets(String setting, List<String> keys) {
        return keys.stream()
                .filter(key -> ConfigurationReader.sets(setting, key))
                .findFirst();
    }

    private UserException refusal(String key, String reason, String remedy) {
        return new UserException("search over " + key + ", as " + space.file() + " does", reason, remedy);
    }
}
