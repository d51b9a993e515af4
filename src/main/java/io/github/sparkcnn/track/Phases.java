package io.github.sparkcnn.track;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Where the wall-clock time of a run went, by phase. */
public final class Phases {

    private final Map<String, Double> seconds = new LinkedHashMap<>();

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

    /** Seconds by phase, in the order in which they first ran. */
    public Map<String, Double> seconds() {
        return Map.copyOf(seconds).isEmpty() ? Map.of() : new LinkedHashMap<>(seconds);
    }
}
