package io.github.sparkcnn.compare;

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
 */
record Measurement(
        String strategy,
        SameBatch same,
        int workers,
        long totalBatch,
        List<Comparison.Epoch> epochs,
        Optional<Long> peakMemoryBytes) {

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
                last().accuracy(),
                secondsTo(target).orElse(null),
                shares().orElse(null),
                peakMemoryBytes.orElse(null),
                epochs);
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
