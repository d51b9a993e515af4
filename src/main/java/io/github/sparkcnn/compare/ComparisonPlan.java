package io.github.sparkcnn.compare;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.TrainingConfig.Strategy;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is compared.
 *
 * @param strategies that train with workers
 * @param workers how many, ascending; empty: 1 and as many as the cluster has slots
 * @param batches what of the batch size stays the same
 * @param targetAccuracy a fraction
 */
public record ComparisonPlan(
        List<Strategy> strategies, List<Integer> workers, List<SameBatch> batches, double targetAccuracy) {

    private static final List<Strategy> WITH_WORKERS = List.of(Strategy.ALL_REDUCE, Strategy.DL4J_AVERAGING);

    public ComparisonPlan {
        strategies = strategies.stream().distinct().toList();
        workers = workers.stream().sorted().distinct().toList();
        if (!(targetAccuracy > 0 && targetAccuracy <= 1)) {
            throw new UserException(
                    "compare", "--target is " + targetAccuracy, "Give an accuracy above 0 and up to 1, e.g. 0.85");
        }
    }

    /**
     * Reads the flags: {@code all-reduce,dl4j-averaging}, {@code 1,2,4} or nothing, and a word for what of the batch stays the same.
     */
    public static ComparisonPlan parse(String strategies, String workers, String batch, double targetAccuracy) {
        return new ComparisonPlan(
                words(strategies).map(ComparisonPlan::strategy).toList(),
                workers.isEmpty()
                        ? List.of()
                        : words(workers).map(word -> count(word, workers)).toList(),
                SameBatch.parse(batch),
                targetAccuracy);
    }

    /** The plan for a cluster; refuses workers that it has no slots for, before anything is trained. */
    ComparisonPlan on(int slots) {
        if (workers.isEmpty()) {
            return new ComparisonPlan(strategies, List.of(1, slots), batches, targetAccuracy);
        }
        int most = workers.get(workers.size() - 1);
        if (most > slots) {
            throw new UserException(
                    "compare with " + most + " workers",
                    "the cluster has " + slots + " slots",
                    "Lower --workers or raise spark.executor.instances or spark.executor.cores");
        }
        return this;
    }

    private static Stream<String> words(String list) {
        return Arrays.stream(list.split(",", -1)).map(String::strip);
    }

    private static Strategy strategy(String word) {
        return WITH_WORKERS.stream()
                .filter(strategy -> strategy.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new UserException(
                        "compare strategies",
                        "--strategies names " + (word.isEmpty() ? "nothing" : word),
                        "Name one or more of "
                                + WITH_WORKERS.stream().map(Strategy::word).collect(Collectors.joining(","))));
    }

    private static int count(String word, String all) {
        // At most nine digits fit an int.
        if (!word.matches("[0-9]{1,9}") || Integer.parseInt(word) == 0) {
            throw new UserException(
                    "compare", "--workers is " + all, "Give numbers of 1 or more with commas between them, e.g. 1,2,4");
        }
        return Integer.parseInt(word);
    }
}
