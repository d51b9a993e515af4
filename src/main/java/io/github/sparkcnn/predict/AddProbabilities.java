package io.github.sparkcnn.predict;

import io.github.sparkcnn.data.format.PixelReader;
import io.github.sparkcnn.kernel.BackendReport;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.TaskCompletionListener;

/** In a task: rows with the probabilities of all classes behind their columns, computed a batch ahead. */
final class AddProbabilities implements FlatMapFunction<Iterator<InternalRow>, InternalRow> {
    private static final long serialVersionUID = 1L;
    private static final int BATCH = 256;

    private final Broadcast<ScorerSource> source;
    private final CollectionAccumulator<BackendReport> shortfalls;
    private final PixelReader pixels;
    private final int imageSize;
    private final int classes;

    /**
     * With a model.
     *
     * @param shortfalls hears of every scorer that computes on less than was asked for
     */
    AddProbabilities(
            Broadcast<ScorerSource> source,
            CollectionAccumulator<BackendReport> shortfalls,
            PixelReader pixels,
            int imageSize,
            int classes) {
        this.source = source;
        this.shortfalls = shortfalls;
        this.pixels = pixels;
        this.imageSize = imageSize;
        this.classes = classes;
    }

    @Override
    public Iterator<InternalRow> call(Iterator<InternalRow> rows) {
        Scorer scorer = source.value().open(BATCH, this::told);
        // Also where nobody asks for the last row, or the task fails.
        TaskContext.get().addTaskCompletionListener((TaskCompletionListener) context -> scorer.close());
        return new Rows(rows, scorer);
    }

    private void told(BackendReport backend) {
        if (!backend.shortfall().isEmpty()) {
            shortfalls.add(backend);
        }
    }

    private final class Rows implements Iterator<InternalRow> {
        private final Iterator<InternalRow> rows;
        private final Scorer scorer;
        private final InternalRow[] batch = new InternalRow[BATCH];
        private final byte[] images = new byte[BATCH * imageSize];
        private final float[] probabilities = new float[BATCH * classes];
        private final float[] own = new float[classes];
        private final GenericInternalRow added = new GenericInternalRow(1);
        private final JoinedRow joined = new JoinedRow();
        private int size;
        private int next;

        Rows(Iterator<InternalRow> rows, Scorer scorer) {
            this.rows = rows;
            this.scorer = scorer;
        }

        @Override
        public boolean hasNext() {
            if (next == size && rows.hasNext()) {
                score();
            }
            return next < size;
        }

        @Override
        public InternalRow next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            System.arraycopy(probabilities, next * classes, own, 0, classes);
            added.update(0, UnsafeArrayData.fromPrimitiveArray(own));
            return joined.apply(batch[next++], added);
        }

        private void score() {
            next = 0;
            for (size = 0; size < BATCH && rows.hasNext(); size++) {
                InternalRow row = rows.next();
                System.arraycopy(pixels.read(row), 0, images, size * imageSize, imageSize);
                batch[size] = row.copy();
            }
            scorer.score(images, size, probabilities);
        }
    }
}
