package io.github.sparkcnn.eval;

import org.apache.spark.api.java.function.Function2;

/** Adds two partitions' sums. */
final class MergeSums implements Function2<EvaluationSums, EvaluationSums, EvaluationSums> {
    private static final long serialVersionUID = 1L;

    @Override
    public EvaluationSums call(EvaluationSums one, EvaluationSums other) {
        return one.merge(other);
    }
}
