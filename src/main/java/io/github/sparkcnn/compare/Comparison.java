package io.github.sparkcnn.compare;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.sparkcnn.track.WorkerTimes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * {@code compare.json}: the same experiment trained in several ways. Seconds are of training alone, without evaluation.
 *
 * @param targetAccuracy that {@link Row#secondsToTarget} is about, a fraction
 * @param rows one a run, strategy by strategy, batch by batch, in the order of the numbers of workers
 */
public record Comparison(@JsonProperty("target_accuracy") double targetAccuracy, List<Row> rows) {

    public Comparison {
        rows = List.copyOf(rows);
    }

    /** The run with the most images a second. */
    public Row fastest() {
        return rows.stream()
                .max(Comparator.comparingDouble(Row::imagesPerSecond))
                .orElseThrow();
    }

    /** The table of {@code compare.txt}. */
    public String text() {
        return ComparisonText.of(this);
    }

    /**
     * One run.
     *
     * @param batch what is the same with any number of workers, as {@code --batch} has it: the images of a step of all together, or
     *     those of each
     * @param totalBatchSize images of a full step of all workers together, in either case
     * @param images seen in an epoch
     * @param seconds of an epoch: the median over the epochs after the first, which warms up; of the first where it is alone
     * @param imagesPerSecond of such an epoch
     * @param speedUp how many times as many images a second as the same strategy and batch with its fewest workers
     * @param efficiency speed-up divided by how many times as many workers there are
     * @param predictedSpeedUp by the model of what averaging costs on one machine, if that were all that more workers cost; null
     *     where the workers do not average between themselves
     * @param accuracy of the last epoch, a fraction; null without a test set
     * @param secondsToTarget of training until the end of the first epoch that reached the target; null if none did
     * @param shares of the median's epochs; null where the strategy does not tell
     * @param peakMemoryBytes the largest resident set of a process in the run: of the driver, which in local mode has the
     *     workers in it, or of an executor where the strategy tells of them; null where the system does not tell
     */
    public record Row(
            String strategy,
            String batch,
            int workers,
            @JsonProperty("total_batch_size") long totalBatchSize,
            long images,
            double seconds,
            @JsonProperty("images_per_second") double imagesPerSecond,
            @JsonProperty("speed_up") double speedUp,
            double efficiency,
            @JsonProperty("predicted_speed_up") Double predictedSpeedUp,
            Double accuracy,
            @JsonProperty("seconds_to_target") Double secondsToTarget,
            Shares shares,
            @JsonProperty("peak_memory_bytes") Long peakMemoryBytes,
            List<Epoch> epochs) {

        /** The run's folder within the comparison's. */
        public String folder() {
            return same().folder(strategy, workers);
        }

        /** The settings {@code KEY=VALUE} with which {@code train} makes this run of the experiment. */
        public List<String> settings() {
            List<String> settings =
                    new ArrayList<>(List.of("training.strategy=" + strategy, "training.workers=" + workers));
            settings.addAll(same().settings(totalBatchSize, workers));
            return settings;
        }

        private SameBatch same() {
            return SameBatch.parse(batch).get(0);
        }
    }

    /**
     * Where the mean worker's time went, as fractions of the epochs' seconds.
     *
     * @param other starting the stage, and the network's way to the workers and back
     */
    public record Shares(double compute, double averaging, double waiting, double other) {}

    /**
     * One epoch of a run.
     *
     * @param epoch counted from 1
     * @param accuracy after it, a fraction; null without a test set
     * @param workers in seconds, by rank; empty where the strategy does not tell
     */
    public record Epoch(
            int epoch,
            long images,
            double seconds,
            @JsonProperty("images_per_second") double imagesPerSecond,
            Double accuracy,
            List<WorkerTimes> workers) {}
}
