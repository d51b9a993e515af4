package io.github.sparkcnn.predict;

import io.github.sparkcnn.data.format.PixelReader;
import io.github.sparkcnn.kernel.BackendReport;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.TaskCompletionListener;

/** In a task: the rows of one partition become predictions, batch by batch as they are asked for. */
final class PredictRows implements FlatMapFunction<Iterator<InternalRow>, InternalRow> {
    private static final long serialVersionUID = 1L;

    private final Broadcast<ScorerSource> source;
    private final CollectionAccumulator<BackendReport> shortfalls;
    private final Work work;

    /**
     * With a model.
     *
     * @param shortfalls hears of every scorer that computes on less than was asked for
     */
    PredictRows(Broadcast<ScorerSource> source, CollectionAccumulator<BackendReport> shortfalls, Work work) {
        this.source = source;
        this.shortfalls = shortfalls;
        this.work = work;
    }

    /**
     * What is made of the rows.
     *
     * @param schema of the rows that are read
     * @param pixels takes the image out of a row
     * @param imageSize of an image, in bytes
     * @param kept the columns that come first in what is made, by their places in the schema
     * @param made the columns that follow
     * @param classes their names
     * @param top how many classes are told of the most probable ones
     */
    record Work(
            StructType schema,
            PixelReader pixels,
            int imageSize,
            List<Integer> kept,
            List<Predicted> made,
            List<String> classes,
            int top)
            implements Serializable {}

    @Override
    public Iterator<InternalRow> call(Iterator<InternalRow> rows) {
        Scorer scorer = source.value().open(telling(shortfalls));
        // Also where nobody asks for the last row, or the task fails.
        TaskContext.get().addTaskCompletionListener((TaskCompletionListener) context -> scorer.close());
        return new PredictedRows(rows, scorer, work);
    }

    /** Keeps what computes on less than was asked for. */
    static Consumer<BackendReport> telling(CollectionAccumulator<BackendReport> shortfalls) {
        return backend -> {
            if (!backend.shortfall().isEmpty()) {
                shortfalls.add(backend);
            }
        };
    }
}
