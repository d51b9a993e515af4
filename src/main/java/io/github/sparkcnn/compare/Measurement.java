package io.github.sparkcnn.compare;

import io.github.sparkcnn.allreduce.AveragingCost;
import io.github.sparkcnn.track.WorkerTimes;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What was measured of one run, and what follows from it.
 *
 * @param same what of the batch it has in common with the runs that it is compared with
 * @param totalBatch images of a step of all workers together
 * @param epochs at least one
 * @param averagings of the workers; empty where the driver averages
 */
record Measurement(
        String strategy,
        SameBatch same,
        int workers,
        long totalBatch,
        List<Comparison.Epoch> epochs,
        Optional<Averagings> averagings,
        Optional<Long> peakMemoryBytes) {

    /**
     * What the workers average.
     *
     * @param floats each time
     * @param ofAnEpoch how many times
     */
    record Averagings(long floats, long ofAnEpoch) {

        /** In an epoch, by the model of their cost, without a network. */
        double seconds(int workers) {
            return ofAnEpoch * AveragingCost.LOOPBACK.seconds(workers, floats);
        }
    }

    /** Whether the other differs by its workers only. */
    boolean isComparable(Measurement other) {
        return strategy.equals(other.strategy) && same == other.same;
    }

    /** The row of the comparison, with the baseline's speed as 1. */
    Comparison.Row against(Measurement baseline, double target) {
        double speedUp = imagesPerSecond() / baseline.imagesPerSecond();
        return new Comparison.Row(
                strategy,
                same.toString(),
                workers,
                totalBatch,
                last().images(),
                seconds(),
                imagesPerSecond(),
                speedUp,
                speedUp * baseline.workers / workers,
                predictedSpeedUp(baseline).orElse(null),
                last().accuracy(),
                secondsTo(target).orElse(null),
                shares().orElse(null),
                peakMemoryBytes.orElse(null),
                epochs);
    }

    /** Were the baseline's work shared out evenly, to as many cores of the same speed, and averaging all that this cost. */
    private Optional<Double> predictedSpeedUp(Measurement baseline) {
        return averagings.flatMap(own -> baseline.work()
                .map(work -> work * last().images() * baseline.workers / workers + own.seconds(workers))
                .map(seconds -> last().images() / seconds / baseline.imagesPerSecond()));
    }

    /** Seconds an image without averaging; empty where the model has none left. */
    private Optional<Double> work() {
        return averagings
                .map(own -> (seconds() - own.seconds(workers)) / last().images())
                .filter(work -> work > 0);
    }

    private Comparison.Epoch last() {
        return epochs.get(epochs.size() - 1);
    }

    /** Without the first epoch, in which code is compiled and replicas are opened. */
    private List<Comparison.Epoch> settled() {
        return epochs.size() == 1 ? epochs : epochs.subList(1, epochs.size());
    }

    private double seconds() {
        double[] sorted = settled().stream()
                .mapToDouble(Comparison.Epoch::seconds)
                .sorted()
                .toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private double imagesPerSecond() {
        return last().images() / seconds();
    }

    private Optional<Double> secondsTo(double target) {
        double seconds = 0;
        for (Comparison.Epoch epoch : epochs) {
            seconds += epoch.seconds();
            if (epoch.accuracy() != null && epoch.accuracy() >= target) {
                return Optional.of(seconds);
            }
        }
        return Optional.empty();
    }

    private Optional<Comparison.Shares> shares() {
        List<WorkerTimes> means = settled().stream()
                .flatMap(epoch -> WorkerTimes.mean(epoch.workers()).stream())
                .toList();
        if (means.size() < settled().size()) {
            return Optional.empty();
        }
        double total = settled().stream().mapToDouble(Comparison.Epoch::seconds).sum();
        double compute = sum(means, WorkerTimes::compute) / total;
        double averaging = sum(means, WorkerTimes::averaging) / total;
        double waiting = sum(means, WorkerTimes::waiting) / total;
        return Optional.of(
                new Comparison.Shares(compute, averaging, waiting, Math.max(0, 1 - compute - averaging - waiting)));
    }

    private static double sum(List<WorkerTimes> times, ToDoubleFunction<WorkerTimes> part) {
        return times.stream().mapToDouble(part).sum();
    }
}
