package io.github.sparkcnn.network.schedule;

import io.github.sparkcnn.keys.Keys;
import io.github.sparkcnn.keys.Range;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The rate times {@code factor} at the beginning of each of the epochs {@code milestones}, counted from 0: base · factor^(number
 * of milestones ≤ epoch) (torch.optim.lr_scheduler.MultiStepLR).
 */
record MultiStep(double base, double factor, List<Integer> milestones) implements Schedule {

    private static final Range MILESTONES = Range.atLeast(1).saying("epochs, e.g. [10, 20]");

    MultiStep {
        milestones = List.copyOf(milestones);
        ScheduleRanges.RATE.require("base", base);
        ScheduleRanges.FACTOR.require("factor", factor);
        milestones.forEach(milestone -> MILESTONES.require("milestone", milestone));
        if (!rise(milestones)) {
            throw new IllegalArgumentException("milestones do not rise: " + milestones);
        }
    }

    private static boolean rise(List<Integer> milestones) {
        return IntStream.range(1, milestones.size()).allMatch(i -> milestones.get(i - 1) < milestones.get(i));
    }

    @Override
    public LearningRateSchedule over(long iterationsPerEpoch) {
        return new Rates(this, iterationsPerEpoch);
    }

    private record Rates(MultiStep steps, long iterationsPerEpoch) implements LearningRateSchedule {

        @Override
        public double rate(long iteration) {
            long epoch = iteration / iterationsPerEpoch;
            long passed = steps.milestones.stream()
                    .filter(milestone -> milestone <= epoch)
                    .count();
            return steps.base * Math.pow(steps.factor, (double) passed);
        }
    }

    /** {@code multi-step}. */
    public static final class Provider implements ScheduleProvider {

        @Override
        public String name() {
            return "multi-step";
        }

        @Override
        public Schedule read(Keys keys, double baseRate, int epochs) {
            List<Integer> milestones = keys.wholes("milestones", MILESTONES);
            keys.require(rise(milestones), "milestones", milestones, "epochs that rise, e.g. [10, 20]");
            return new MultiStep(baseRate, ScheduleRanges.factor(keys, 0.1), milestones);
        }
    }
}
