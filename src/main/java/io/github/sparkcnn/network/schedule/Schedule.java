package io.github.sparkcnn.network.schedule;

import io.github.sparkcnn.keys.Keys;
import io.github.sparkcnn.keys.Range;
import io.github.sparkcnn.keys.Registry;
import java.io.Serializable;

/** The learning rate's course as the configuration says it, valid, before it is known how many steps an epoch has. Immutable. */
public interface Schedule extends Serializable {

    /**
     * The rate of every step.
     *
     * @param iterationsPerEpoch optimizer steps of one worker in an epoch
     * @throws io.github.sparkcnn.UserException for a run that is too short for it
     */
    LearningRateSchedule over(long iterationsPerEpoch);

    /** Whether the rate never changes. */
    default boolean isConstant() {
        return false;
    }

    /** Whether the rate of a step depends on how many epochs the run has. */
    default boolean stretchesOverTheRun() {
        return false;
    }

    /** Whether the rate depends on the validation losses. */
    default boolean followsTheLoss() {
        return false;
    }

    /**
     * Reads a schedule of any name, with PyTorch's defaults. Each takes {@code warm-up-epochs} (may be a fraction) and
     * {@code warm-up-start} (the fraction of the rate it begins with, 1/3).
     *
     * @param keys the group {@code training.schedule}
     * @param baseRate {@code training.optimizer.learning-rate}; the highest rate of one-cycle
     * @throws io.github.sparkcnn.UserException for an unknown name, a missing, unknown or wrong key
     */
    static Schedule of(Keys keys, double baseRate, int epochs) {
        String name = keys.string("name");
        ScheduleProvider provider = Registry.of(ScheduleProvider.class, "schedule")
                .named(name, keys.place().key("name"));
        Keys own = keys.ofPart("use schedule " + name);
        Schedule schedule = provider.read(own, baseRate, epochs);
        double warmUp = own.number("warm-up-epochs", 0, Range.of(0, epochs));
        double start = own.number("warm-up-start", 1.0 / 3, WarmUp.START);
        own.refuseUnknown();
        return warmUp == 0 ? schedule : new WarmUp(schedule, start, warmUp);
    }
}
