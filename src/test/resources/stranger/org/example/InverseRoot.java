package org.example;

import io.github.sparkcnn.keys.Keys;
import io.github.sparkcnn.network.schedule.LearningRateSchedule;
import io.github.sparkcnn.network.schedule.Schedule;
import io.github.sparkcnn.network.schedule.ScheduleProvider;

/** {name = inverse-root, epochs = 1}: the rate by the square root of 1 + the number of times that so many epochs have passed. */
public final class InverseRoot implements ScheduleProvider {

    @Override
    public String name() {
        return "inverse-root";
    }

    @Override
    public Schedule read(Keys keys, double baseRate, int epochs) {
        return new Decay(baseRate, keys.whole("epochs", 1, 1));
    }

    private record Decay(double baseRate, int epochs) implements Schedule {

        @Override
        public LearningRateSchedule over(long iterationsPerEpoch) {
            return iteration -> baseRate / Math.sqrt(1.0 + iteration / iterationsPerEpoch / epochs);
        }
    }
}
