package io.github.sparkcnn.predict;

import io.github.sparkcnn.data.format.PixelReader;
import io.github.sparkcnn.image.MalformedImage;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * In a task: the predictions of some rows, computed a batch ahead; each row is what is kept and then what is predicted. All rows
 * are one object, as Spark's own iterators have it, and what is behind them is used again for the next batch.
 */
final class PredictedRows implements Iterator<InternalRow> {
    private static final UTF8String NOT_A_NUMBER = UTF8String.fromString(Predicted.NOT_A_NUMBER);

    private final Iterator<InternalRow> rows;
    private final PixelReader reader;
    private final Scorer scorer;
    private final KeptRows kept;
    private final PredictedValues values;
    private final int imageSize;
    private final int classes;
    private final byte[] pixels;
    private final float[] probabilities;
    /** Of each row of the batch, where its image is; −1 where it has none. */
    private final int[] images;

    private final UTF8String[] errors;
    private final JoinedRow joined = new JoinedRow();
    private int size;
    private int next;

    PredictedRows(Iterator<InternalRow> rows, Scorer scorer, PredictRows.Work work) {
        int batchSize = scorer.batchSize();
        this.rows = rows;
        this.reader = work.pixels();
        this.scorer = scorer;
        this.kept = new KeptRows(batchSize, work.schema(), work.kept());
        this.values = new PredictedValues(work.made(), work.classes(), work.top());
        this.imageSize = work.imageSize();
        this.classes = work.classes().size();
        this.pixels = new byte[batchSize * imageSize];
        this.probabilities = new float[batchSize * classes];
        this.images = new int[batchSize];
        this.errors = new UTF8String[batchSize];
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
        int row = next++;
        int from = images[row] * classes;
        if (images[row] < 0) {
            return joined.apply(kept.row(row), values.ofError(errors[row]));
        }
        return joined.apply(
                kept.row(row), isNumber(from) ? values.of(probabilities, from) : values.ofError(NOT_A_NUMBER));
    }

    private boolean isNumber(int from) {
        for (int k = from; k < from + classes; k++) {
            if (Float.isNaN(probabilities[k])) {
                return false;
            }
        }
        return true;
    }

    private void score() {
        size = 0;
        next = 0;
        int read = 0;
        while (size < images.length && rows.hasNext()) {
            InternalRow row = rows.next();
            boolean isRead = read(row, read);
            images[size] = isRead ? read : -1;
            read += isRead ? 1 : 0;
            kept.keep(size++, row);
        }
        if (read > 0) {
            scorer.score(pixels, read, probabilities);
        }
    }

    /** Whether the row has an image, which becomes image i of the batch. */
    private boolean read(InternalRow row, int i) {
        try {
            byte[] image = reader.read(row);
            if (image.length != imageSize) {
                throw new MalformedImage("has " + image.length + " values, not " + imageSize);
            }
            System.arraycopy(image, 0, pixels, i * imageSize, imageSize);
            return true;
        } catch (MalformedImage e) {
            errors[size] = UTF8String.fromString(e.getMessage());
            return false;
        }
    }
}
