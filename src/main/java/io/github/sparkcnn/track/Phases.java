package io.github.sparkcnn.track;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Where the wall-clock time of a run went, by phase. */
public final class Phases {

    private static final String PART = ".";

    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private final List<Map<String, Double>> epochs = new ArrayList<>();
    private Map<String, Double> atEpochStart = Map.of();
    private long epochStart;

    /** Runs and adds its seconds to the phase's. */
    public <T> T time(String phase, Supplier<T> work) {
        long start = System.nanoTime();
        try {
            return work.get();
        } finally {
            add(phase, (System.nanoTime() - start) / 1e9);
        }
    }

    /** Runs and adds its seconds to the phase's. */
    public void time(String phase, Runnable work) {
        time(phase, () -> {
            work.run();
            return null;
        });
    }

    /** Adds seconds that were measured elsewhere; a part of a phase is called {@code phase.part}. */
    public void add(String phase, double more) {
        seconds.merge(phase, more, Double::sum);
    }

    /** From here on seconds count for an epoch too. */
    public void startEpoch() {
        epochStart = System.nanoTime();
        atEpochStart = seconds();
    }

    /** Keeps the epoch's seconds by phase, with their {@code total} and what of it was in no phase, {@code other}. */
    public void endEpoch() {
        Map<String, Double> parts = new LinkedHashMap<>();
        double other = (System.nanoTime() - epochStart) / 1e9;
        parts.put("total", other);
        for (Map.Entry<String, Double> phase : seconds.entrySet()) {
            double spent = phase.getValue() - atEpochStart.getOrDefault(phase.getKey(), 0.0);
            if (spent > 0) {
                parts.put(phase.getKey(), spent);
                other -= phase.getKey().contains(PART) ? 0 : spent;
            }
        }
        parts.put("other", other);
        epochs.add(Collections.unmodifiableMap(parts));
    }

    /** Seconds by phase, in the order in which they first ran. */
    public Map<String, Double> seconds() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(seconds));
    }

    /** The same of each epoch that came to its end. */
    public List<Map<String, Double>> epochs() {
        return List.copyOf(epochs);
    }
}
