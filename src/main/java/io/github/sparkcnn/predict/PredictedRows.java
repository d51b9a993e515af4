package io.github.sparkcnn.predict;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** The predictions of some rows, computed a batch ahead. */
final class PredictedRows implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final Scorer scorer;
    private final int imageSize;
    private final String[] names;
    private final byte[] pixels;
    private final int[] labels;
    private final float[] probabilities;
    private int size;
    private int next;

    PredictedRows(Iterator<Row> rows, Scorer scorer, int batchSize, int imageSize, String[] names) {
        this.rows = rows;
        this.scorer = scorer;
        this.imageSize = imageSize;
        this.names = names;
        this.pixels = new byte[batchSize * imageSize];
        this.labels = new int[batchSize];
        this.probabilities = new float[batchSize * names.length];
    }

    @Override
    public boolean hasNext() {
        if (next == size && rows.hasNext()) {
            score();
        }
        return next < size;
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return row(next++);
    }

    private void score() {
        size = 0;
        next = 0;
        while (size < labels.length && rows.hasNext()) {
            Row row = rows.next();
            byte[] image = row.getAs("pixels");
            if (image.length != imageSize) {
                throw new IllegalStateException("a row has " + image.length + " pixels, not " + imageSize);
            }
            System.arraycopy(image, 0, pixels, size * imageSize, imageSize);
            labels[size++] = row.getAs("label");
        }
        scorer.score(pixels, size, probabilities);
    }

    private Row row(int i) {
        Float[] own = new Float[names.length];
        int best = 0;
        for (int k = 0; k < own.length; k++) {
            own[k] = probabilities[i * own.length + k];
            best = own[k] > own[best] ? k : best;
        }
        float second = 0;
        for (int k = 0; k < own.length; k++) {
            second = k == best ? second : Math.max(second, own[k]);
        }
        return RowFactory.create(best, names[best], own[best], own[best] - second, own, labels[i]);
    }
}
