package io.github.sparkcnn.predict;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.kernel.BackendReport;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.TaskCompletionListener;

/** In a task: the rows {@code (label, pixels)} of one partition become predictions, batch by batch as they are asked for. */
final class PredictRows implements FlatMapFunction<Iterator<Row>, Row> {
    private static final long serialVersionUID = 1L;
    private static final int BATCH = 256;

    private final Broadcast<ScorerSource> source;
    private final CollectionAccumulator<BackendReport> shortfalls;
    private final ImageShape shape;
    private final String[] names;

    /**
     * Of a model.
     *
     * @param shortfalls hears of every scorer that computes on less than was asked for
     */
    PredictRows(
            Broadcast<ScorerSource> source,
            CollectionAccumulator<BackendReport> shortfalls,
            ImageShape shape,
            List<String> names) {
        this.source = source;
        this.shortfalls = shortfalls;
        this.shape = shape;
        this.names = names.toArray(String[]::new);
    }

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        Scorer scorer = source.value().open(BATCH, this::told);
        // Also where nobody asks for the last row, or the task fails.
        TaskContext.get().addTaskCompletionListener((TaskCompletionListener) context -> scorer.close());
        return new PredictedRows(rows, scorer, BATCH, shape.size(), names);
    }

    private void told(BackendReport backend) {
        if (!backend.shortfall().isEmpty()) {
            shortfalls.add(backend);
        }
    }
}
