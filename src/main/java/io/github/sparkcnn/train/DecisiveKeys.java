package io.github.sparkcnn.train;

import io.github.sparkcnn.config.Configuration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The keys of the configuration that decide a run's result, with their values: those that a resumption must not change. */
final class DecisiveKeys {

    /** Below these prefixes, a key decides the result … */
    private static final List<String> DECISIVE = List.of(
            "network.",
            "training.",
            "data.validation-",
            "data.resize",
            "data.normalize",
            "data.labels",
            "data.malformed");

    /** … but not below these, which say how far to go, and how patiently. */
    private static final List<String> IRRELEVANT = List.of(
            "training.checkpoint.",
            "training.early-stopping.patience",
            "training.averaging-timeout",
            "training.max-workers",
            "training.workers.");

    /** Decides where the learning rate's schedule stretches over all epochs. */
    private static final String EPOCHS = "training.epochs";

    /** There was none once; a run of then goes on. */
    private static final String TOTAL_BATCH_SIZE = "training.total-batch-size";

    private static final String WORKERS = "training.workers";

    private DecisiveKeys() {}

    /** @param workers that were found where the configuration leaves it open */
    static Map<String, String> of(Configuration configuration, int workers) {
        Map<String, String> keys = new TreeMap<>();
        flatten("", configuration.effective(), keys);
        keys.keySet().removeIf(key -> !decides(key));
        if (!configuration.training().schedule().schedule().stretchesOverTheRun()) {
            keys.remove(EPOCHS);
        }
        if (!configuration.training().batch().isTotal()) {
            keys.remove(TOTAL_BATCH_SIZE);
        }
        keys.put(WORKERS, configuration.training().decisiveWorkers(workers));
        return keys;
    }

    private static boolean decides(String key) {
        return DECISIVE.stream().anyMatch(key::startsWith)
                && IRRELEVANT.stream().noneMatch(key::startsWith);
    }

    private static void flatten(String prefix, Map<?, ?> group, Map<String, String> keys) {
        group.forEach((name, value) -> {
            if (value instanceof Map<?, ?> inner) {
                flatten(prefix + name + ".", inner, keys);
            } else {
                keys.put(prefix + name, String.valueOf(value));
            }
        });
    }
}
