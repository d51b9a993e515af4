package io.github.sparkcnn.network.schedule;

import io.github.sparkcnn.keys.Keys;
import io.github.sparkcnn.keys.Named;

/**
 * Makes the schedule that {@code training.schedule.name} names. To add one, write one and name it in {@code META-INF/services}.
 * Whoever finds it reads the warm-up's keys and refuses the keys that nobody has read.
 */
public interface ScheduleProvider extends Named {

    /**
     * Reads the schedule's keys.
     *
     * @param keys beside the name
     * @param baseRate {@code training.optimizer.learning-rate}
     * @param epochs of the run
     * @throws io.github.sparkcnn.UserException for a missing or wrong key
     */
    Schedule read(Keys keys, double baseRate, int epochs);
}
