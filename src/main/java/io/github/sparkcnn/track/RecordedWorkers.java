package io.github.sparkcnn.track;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a manifest says of a run's workers, for people; a manifest of another version may say less of them, or more. */
final class RecordedWorkers {

    private static final String UNKNOWN = "unknown";

    private static final Map<String, String> NAMES = Map.of(
            "strategy", "strategy",
            "count", "workers",
            "by_epoch", "workers by epoch",
            "master", "Spark master",
            "batch_sizes", "batch size of each worker",
            "total_batch_size", "batch size of all workers");

    private RecordedWorkers() {}

    /** By what each is called. */
    static Map<String, String> inWords(Map<String, Object> workers) {
        Map<String, String> words = new TreeMap<>();
        workers.forEach((key, value) -> {
            if (value != null) {
                words.put(NAMES.getOrDefault(key, "workers." + key), inWords(key, value));
            }
        });
        return words;
    }

    private static String inWords(String key, Object value) {
        if (key.equals("strategy")) { // the manifest has the constant, the configuration its word
            return value.toString().toLowerCase(Locale.ROOT).replace('_', '-');
        }
        if (value instanceof List<?> list) {
            return list.stream().distinct().count() == 1
                    ? count(list.get(0))
                    : key.equals("by_epoch") ? byEpoch(list) : joined(list);
        }
        return String.valueOf(value);
    }

    private static String joined(List<?> list) {
        return list.stream().map(RecordedWorkers::count).collect(Collectors.joining(", "));
    }

    private static String count(Object value) {
        return Objects.toString(value, UNKNOWN);
    }

    /** {@code 2 in epochs 1 to 3, 4 in epoch 4}: workers came and went. */
    private static String byEpoch(List<?> counts) {
        List<String> spells = new ArrayList<>();
        int first = 0;
        for (int epoch = 1; epoch <= counts.size(); epoch++) {
            if (epoch == counts.size() || !Objects.equals(counts.get(epoch), counts.get(first))) {
                spells.add(count(counts.get(first))
                        + (epoch - first == 1 ? " in epoch " + epoch : " in epochs " + (first + 1) + " to " + epoch));
                first = epoch;
            }
        }
        return String.join(", ", spells);
    }
}
