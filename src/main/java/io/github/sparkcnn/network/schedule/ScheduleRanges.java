package io.github.sparkcnn.network.schedule;

import io.github.sparkcnn.keys.Keys;
import io.github.sparkcnn.keys.Range;

/** What several schedules' keys may be. */
final class ScheduleRanges {

    static final Range RATE = Range.above(0).finite();
    static final Range FACTOR = Range.between(0, 1);
    static final Range EPOCHS = Range.atLeast(1);

    private ScheduleRanges() {}

    static double factor(Keys keys) {
        return keys.number("factor", FACTOR);
    }

    static double factor(Keys keys, double standard) {
        return keys.number("factor", standard, FACTOR);
    }

    static double minimum(Keys keys, double baseRate) {
        return keys.number("minimum", 0, belowTheRate(baseRate));
    }

    static Range belowTheRate(double baseRate) {
        return Range.atLeast(0).below(baseRate).saying("at least 0, below the rate");
    }
}
