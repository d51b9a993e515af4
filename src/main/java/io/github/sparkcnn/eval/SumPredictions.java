package io.github.sparkcnn.eval;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;

/** In a task: the predictions of one partition ({@link io.github.sparkcnn.predict.Predictions#SCHEMA}) become their sums. */
final class SumPredictions implements FlatMapFunction<Iterator<Row>, EvaluationSums> {
    private static final long serialVersionUID = 1L;

    private final int classes;

    SumPredictions(int classes) {
        this.classes = classes;
    }

    @Override
    public Iterator<EvaluationSums> call(Iterator<Row> rows) {
        EvaluationSums sums = EvaluationSums.of(classes);
        float[] probabilities = new float[classes];
        int[] label = new int[1];
        while (rows.hasNext()) {
            Row row = rows.next();
            List<Float> predicted = row.getList(row.fieldIndex("probabilities"));
            for (int c = 0; c < classes; c++) {
                probabilities[c] = predicted.get(c);
            }
            label[0] = row.getAs("true_label");
            sums.add(probabilities, label, 1);
        }
        return List.of(sums).iterator();
    }
}
