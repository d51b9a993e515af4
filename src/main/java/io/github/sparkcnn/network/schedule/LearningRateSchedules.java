package io.github.sparkcnn.network.schedule;

import io.github.sparkcnn.keys.Options;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds a schedule by its name and makes it from its keys, with PyTorch's defaults. */
public final class LearningRateSchedules {

    private static final String PLACE = "training.schedule";

    private static final Map<String, Maker> BY_NAME = new TreeMap<>(Map.of(
            "constant", (keys, run) -> new Constant(run.rate),
            "step",
                    (keys, run) ->
                            new Step(run.rate, factor(keys, 0.1), keys.whole("epochs", 1), run.iterationsPerEpoch),
            "multi-step",
                    (keys, run) -> new MultiStep(run.rate, factor(keys, 0.1), milestones(keys), run.iterationsPerEpoch),
            "exponential", (keys, run) -> new Exponential(run.rate, factor(keys), run.iterationsPerEpoch),
            "cosine", (keys, run) -> new Cosine(run.rate, minimum(keys, run), run.iterations()),
            "one-cycle", LearningRateSchedules::oneCycle,
            "reduce-on-plateau", LearningRateSchedules::reduceOnPlateau));

    private LearningRateSchedules() {}

    /**
     * The schedule of a run.
     *
     * @param keys beside {@code training.schedule.name}; any schedule takes {@code warm-up-epochs} (may be a fraction) and
     *     {@code warm-up-start} (the fraction of the rate it begins with, 1/3)
     * @param baseRate {@code training.optimizer.learning-rate}; the highest rate of one-cycle
     * @param iterationsPerEpoch optimizer steps of one worker
     * @throws io.github.sparkcnn.UserException for an unknown name, a missing, unknown or wrong key
     */
    public static LearningRateSchedule of(
            String name, Map<String, Object> keys, double baseRate, long iterationsPerEpoch, int epochs) {
        Maker maker = BY_NAME.get(name);
        if (maker == null) {
            throw Options.unknownName("schedule", name, BY_NAME.keySet(), PLACE + ".name");
        }
        Options options = new Options("use schedule " + name, PLACE, keys);
        Run run = new Run(baseRate, iterationsPerEpoch, epochs);
        LearningRateSchedule schedule = maker.make(options, run);
        double warmUp = options.number("warm-up-epochs", 0, value -> value >= 0 && value <= epochs, "0 to " + epochs);
        double start = options.number("warm-up-start", 1.0 / 3, value -> value > 0 && value <= 1, "above 0, at most 1");
        options.refuseUnknown();
        long iterations = Math.round(warmUp * iterationsPerEpoch);
        return iterations == 0 ? schedule : new WarmUp(schedule, start, iterations);
    }

    private static LearningRateSchedule oneCycle(Options keys, Run run) {
        String divisor = "a number of at least 1";
        double rising = keys.number("rising-fraction", 0.3, value -> value > 0 && value < 1, "between 0 and 1");
        if (rising * run.iterations() <= 1) {
            throw keys.wrong("rising-fraction", "is less than two of " + run.iterations() + " iterations", "more");
        }
        return new OneCycle(
                run.rate,
                rising,
                keys.number("initial-divisor", 25, value -> value >= 1, divisor),
                keys.number("final-divisor", 1e4, value -> value >= 1, divisor),
                run.iterations());
    }

    private static LearningRateSchedule reduceOnPlateau(Options keys, Run run) {
        return new ReduceOnPlateau(
                factor(keys, 0.1),
                keys.whole("patience", 10, 0),
                keys.number("threshold", 1e-4, value -> value >= 0 && value < 1, "at least 0, below 1"),
                keys.whole("cooldown", 0, 0),
                minimum(keys, run),
                PlateauState.start(run.rate));
    }

    private static double factor(Options keys) {
        return keys.number("factor", value -> value > 0 && value < 1, "between 0 and 1");
    }

    private static double factor(Options keys, double standard) {
        return keys.has("factor") ? factor(keys) : standard;
    }

    private static double minimum(Options keys, Run run) {
        return keys.number("minimum", 0, value -> value >= 0 && value < run.rate, "at least 0, below the rate");
    }

    private static List<Integer> milestones(Options keys) {
        return keys
                .numbers("milestones", value -> value >= 1 && value == Math.rint(value), "epochs, e.g. [10, 20]")
                .stream()
                .map(Double::intValue)
                .toList();
    }

    private record Run(double rate, long iterationsPerEpoch, int epochs) {
        long iterations() {
            return iterationsPerEpoch * epochs;
        }
    }

    private interface Maker {
        LearningRateSchedule make(Options keys, Run run);
    }
}
