package io.github.sparkcnn.config;

import io.github.sparkcnn.keys.Keys;
import io.github.sparkcnn.network.schedule.Schedule;
import java.util.function.DoubleFunction;

/**
 * The keys {@code training.schedule.*}.
 *
 * @param name as it was given, for messages
 * @param ofRate the schedule that the keys make of a base rate
 * @param schedule of the configured optimizer's rate
 */
public record ScheduleConfig(String name, DoubleFunction<Schedule> ofRate, Schedule schedule) {

    static ScheduleConfig of(Keys keys, double baseRate, int epochs) {
        DoubleFunction<Schedule> ofRate = rate -> Schedule.of(keys, rate, epochs);
        return new ScheduleConfig(keys.string("name"), ofRate, ofRate.apply(baseRate));
    }
}
