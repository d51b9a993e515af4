package io.github.sparkcnn.tune;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.config.DeviceConfig.Precision;
import io.github.sparkcnn.tune.space.SearchSpace;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.fs.Path;

/**
 * What another search would come of, by name, with its value: a search that goes on must not change it.
 *
 * @param names keys of the experiment, keys of the space, and options
 */
record SearchOrigin(Map<String, String> names) {

    /** Below these a key changes no result but {@code device.precision}, or how far a run can be followed, and not what it comes to. */
    private static final List<String> FREE =
            List.of("device.", "tracking.", "training.checkpoint.", "training.averaging-timeout", "training.workers.");

    private static final String ABSENT = "absent";

    /** @param workers of a trial that says nothing of them */
    static SearchOrigin of(Configuration base, int workers, SearchSpace space, SearchPlan plan) {
        Map<String, String> names = new TreeMap<>();
        base.flat().forEach((key, value) -> {
            if (FREE.stream().noneMatch(key::startsWith)) {
                names.put(key, String.valueOf(value));
            }
        });
        if (base.device().precision() != Precision.FLOAT32) {
            names.put("device.precision", base.device().precision().word());
        }
        names.put("training.workers", base.training().decisiveWorkers(workers));
        space.described().forEach((key, domain) -> names.put("--space " + key, domain));
        names.put("--seed", Long.toString(plan.seed().orElse(base.training().seed())));
        names.put("--by", plan.objective().word());
        plan.halving().ifPresent(halving -> {
            names.put("--halving", Integer.toString(halving.eta()));
            names.put("--min-epochs", Integer.toString(halving.minEpochs()));
        });
        return new SearchOrigin(names);
    }

    /** Refuses to go on with a search that was begun with others, or that has begun more trials than are asked for now. */
    void requireSame(Search begun, SearchPlan plan, Path folder) {
        TreeSet<String> all = new TreeSet<>(names.keySet());
        all.addAll(begun.begunWith().keySet());
        for (String name : all) {
            String before = begun.begunWith().getOrDefault(name, ABSENT);
            String now = names.getOrDefault(name, ABSENT);
            if (!before.equals(now)) {
                throw refusal(folder, name + " was " + before + " and is " + now, "Set it back");
            }
        }
        if (begun.asked() > plan.trials()) {
            throw refusal(
                    folder,
                    "it was begun with " + begun.asked() + " trials, and --trials is " + plan.trials(),
                    "Set --trials to " + begun.asked() + " or more");
        }
    }

    private static UserException refusal(Path folder, String reason, String remedy) {
        return new UserException("resume " + folder, reason, remedy + ", or begin a new search in another --output");
    }
}
