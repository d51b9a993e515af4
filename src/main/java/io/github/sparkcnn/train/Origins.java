package io.github.sparkcnn.train;

import io.github.sparkcnn.checkpoint.Origin;
import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.io.Sha256;
import io.github.sparkcnn.network.Network;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Takes down what decides a run's result. */
final class Origins {

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
    private static final List<String> IRRELEVANT =
            List.of("training.checkpoint.", "training.early-stopping.patience", "training.averaging-timeout");

    /** Decides where the learning rate's schedule stretches over all epochs. */
    private static final String EPOCHS = "training.epochs";

    private static final String WORKERS = "training.workers";

    private Origins() {}

    /**
     * Describes a run that is about to begin.
     *
     * @param workers that were found where the configuration leaves it open
     * @param network as it was built, before its first step: its definition counts them
     */
    static Origin of(Configuration configuration, int workers, Network network, TrainingImages images) {
        Map<String, String> keys = new TreeMap<>();
        flatten("", configuration.effective(), keys);
        keys.keySet().removeIf(key -> !decides(key));
        if (!configuration.training().schedule().schedule().stretchesOverTheRun()) {
            keys.remove(EPOCHS);
        }
        keys.put(WORKERS, Integer.toString(workers));
        return new Origin(keys, digest(network), images.files(), images.count());
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

    /** Without Deeplearning4j's seeds, which are the time of day where nobody sets them; ours are among the keys. */
    private static String digest(Network network) {
        return Sha256.of(network.definition().json().replaceAll("\"seed\"\\s*:\\s*-?\\d+", ""));
    }
}
