package io.github.sparkcnn.config;

import io.github.sparkcnn.keys.Keys;
import io.github.sparkcnn.network.schedule.Schedule;
import java.io.Serializable;

/**
 * The keys {@code training.schedule.*}.
 *
 * @param name as it was given, for messages
 * @param schedule that the keys make
 */
public record ScheduleConfig(String name, Schedule schedule) implements Serializable {

    static ScheduleConfig of(Keys keys, double baseRate, int epochs) {
        return new ScheduleConfig(keys.string("name"), Schedule.of(keys, baseRate, epochs));
    }
}
