package io.github.sparkcnn.eval;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;

/** In a task: rows {@code (true label, probabilities of all classes)} of one partition become their sums. */
final class SumPredictions implements FlatMapFunction<Iterator<InternalRow>, EvaluationSums> {
    private static final long serialVersionUID = 1L;
    private static final int LABEL = 0;
    private static final int PROBABILITIES = 1;

    private final int classes;

    SumPredictions(int classes) {
        this.classes = classes;
    }

    @Override
    public Iterator<EvaluationSums> call(Iterator<InternalRow> rows) {
        EvaluationSums sums = EvaluationSums.of(classes);
        int[] label = new int[1];
        while (rows.hasNext()) {
            InternalRow row = rows.next();
            if (row.isNullAt(PROBABILITIES)) {
                throw new NotANumberException("the network predicts NaN");
            }
            label[0] = row.getInt(LABEL);
            sums.add(row.getArray(PROBABILITIES).toFloatArray(), label, 1);
        }
        return List.of(sums).iterator();
    }
}
