package io.github.sparkcnn.config;

import java.util.HashMap;
import java.util.Map;

/**
 * The keys {@code training.schedule.*}.
 *
 * @param keys all but the name; which there are depends on it, so they are checked where the schedule is made
 */
public record ScheduleConfig(String name, Map<String, Object> keys) {

    static ScheduleConfig of(Keys training) {
        Map<String, Object> keys = new HashMap<>(training.map("schedule"));
        keys.remove("name");
        return new ScheduleConfig(training.under("schedule").string("name"), keys);
    }
}
