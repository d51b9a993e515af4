package io.github.sparkcnn.compare;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.BatchSize;
import java.util.List;

/** What of the batch size is the same with any number of workers. */
public enum SameBatch {
    /** The images of a step of all workers together: as many as the fewest workers have in it. */
    TOTAL("total", "-total") {
        @Override
        List<String> settings(BatchSize experiment, List<Integer> workers) {
            int fewest = workers.get(0);
            int most = workers.get(workers.size() - 1);
            long total = experiment.ofAll(fewest);
            if (total < most) {
                throw new UserException(
                        "compare " + most + " workers with the same total batch",
                        experiment.key() + " is " + experiment.images() + ", so that a step has "
                                + (total == 1 ? "1 image" : total + " images") + ", less than one for each worker",
                        "Raise " + experiment.key() + ", lower --workers, or use --batch worker");
            }
            if (total > Integer.MAX_VALUE) {
                throw new UserException(
                        "compare " + most + " workers with the same total batch",
                        experiment.key() + " is " + experiment.images() + ", so that a step has " + total
                                + " images with " + fewest + " workers, more than " + Integer.MAX_VALUE,
                        "Lower " + experiment.key() + ", or use --batch worker");
            }
            return settings(total, fewest);
        }

        @Override
        List<String> settings(long ofAll, int workers) {
            return List.of("training.batch-size=null", "training.total-batch-size=" + ofAll);
        }
    },

    /** The images of each worker in a step: as many as each of the fewest workers has in it. */
    WORKER("worker", "") {
        @Override
        List<String> settings(BatchSize experiment, List<Integer> workers) {
            if (!experiment.isTotal()) {
                return List.of();
            }
            int fewest = workers.get(0);
            if (experiment.images() % fewest != 0) {
                throw new UserException(
                        "compare with the same batch per worker",
                        "training.total-batch-size is " + experiment.images() + ", of which " + fewest
                                + " workers have not the same number each",
                        "Set it to a multiple of " + fewest + ", or use --batch total");
            }
            return settings(experiment.images(), fewest);
        }

        @Override
        List<String> settings(long ofAll, int workers) {
            return List.of("training.total-batch-size=null", "training.batch-size=" + ofAll / workers);
        }
    };

    private final String word;
    private final String suffix;

    SameBatch(String word, String suffix) {
        this.word = word;
        this.suffix = suffix;
    }

    /** Reads the flag. */
    static List<SameBatch> parse(String flag) {
        return switch (flag) {
            case "total" -> List.of(TOTAL);
            case "worker" -> List.of(WORKER);
            case "both" -> List.of(TOTAL, WORKER);
            default -> throw new UserException("compare", "--batch is " + flag, "Give total, worker or both");
        };
    }

    /**
     * The settings {@code KEY=VALUE} that make it so.
     *
     * @param workers that are compared, ascending
     */
    abstract List<String> settings(BatchSize experiment, List<Integer> workers);

    /**
     * The same of one run.
     *
     * @param ofAll images of a full step of all its workers together
     */
    abstract List<String> settings(long ofAll, int workers);

    /** What a run's folder is called. */
    String folder(String strategy, int workers) {
        return strategy + "-" + workers + suffix;
    }

    /** The flag's word. */
    @Override
    public String toString() {
        return word;
    }
}
