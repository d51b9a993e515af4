package io.github.sparkcnn.eval;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PackedImages;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * The misclassified images whose wrong class is the most probable, from the most probable on, and of equal ones the first in the data:
 * so many are kept, of any number of rows and in whatever order partitions come. Mutable.
 */
final class ConfidentMistakes implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final Comparator<Found> ORDER = Comparator.comparingDouble((Found found) -> -found.probability())
            .thenComparingInt(Found::partition)
            .thenComparingInt(Found::row);

    private final int most;
    private final List<Found> kept = new ArrayList<>();
    /** By partition. */
    private final TreeMap<Integer, Integer> images = new TreeMap<>();

    private long mistakes;

    /**
     * Of no image.
     *
     * @param most that are kept
     */
    ConfidentMistakes(int most) {
        this.most = most;
    }

    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record Found(byte[] pixels, int label, int predicted, float probability, int partition, int row)
            implements Serializable {}

    private void add(int partition, InternalRow row) {
        int position = images.merge(partition, 1, Integer::sum) - 1;
        if (row.isNullAt(Collect.PROBABILITY)) {
            throw new NotANumberException("the network predicts NaN");
        }
        int label = row.getInt(Collect.LABEL);
        int predicted = row.getInt(Collect.PREDICTED);
        if (label == predicted) {
            return;
        }
        mistakes++;
        float probability = row.getFloat(Collect.PROBABILITY);
        if (kept.size() < most || probability > kept.get(most - 1).probability()) {
            // The row's bytes are used again for the next.
            byte[] pixels = row.getBinary(Collect.PIXELS).clone();
            kept.add(new Found(pixels, label, predicted, probability, partition, position));
            keepMost();
        }
    }

    private ConfidentMistakes merge(ConfidentMistakes other) {
        kept.addAll(other.kept);
        keepMost();
        images.putAll(other.images);
        mistakes += other.mistakes;
        return this;
    }

    private void keepMost() {
        kept.sort(ORDER);
        if (kept.size() > most) {
            kept.subList(most, kept.size()).clear();
        }
    }

    /** All images that were predicted. */
    long images() {
        return images.values().stream().mapToLong(Integer::longValue).sum();
    }

    /** All that were taken for another class. */
    long mistakes() {
        return mistakes;
    }

    /** Those that are kept, of this shape, each with its position in the data. */
    List<Mistake> kept(ImageShape shape) {
        return kept.stream()
                .map(found -> new Mistake(
                        new PackedImages(shape, new int[] {found.label()}, found.pixels(), new int[] {position(found)}),
                        found.predicted(),
                        found.probability()))
                .toList();
    }

    private int position(Found found) {
        return found.row()
                + images.headMap(found.partition()).values().stream()
                        .mapToInt(Integer::intValue)
                        .sum();
    }

    /** In a task: rows {@code (label, pixels, predicted, probability)} of one partition become one of these. */
    static final class Collect implements Function2<Integer, Iterator<InternalRow>, Iterator<ConfidentMistakes>> {
        private static final long serialVersionUID = 1L;
        static final int LABEL = 0;
        static final int PIXELS = 1;
        static final int PREDICTED = 2;
        static final int PROBABILITY = 3;

        private final int most;

        Collect(int most) {
            this.most = most;
        }

        @Override
        public Iterator<ConfidentMistakes> call(Integer partition, Iterator<InternalRow> rows) {
            ConfidentMistakes mistakes = new ConfidentMistakes(most);
            rows.forEachRemaining(row -> mistakes.add(partition, row));
            return List.of(mistakes).iterator();
        }
    }

    /** Of two partitions' or more. */
    static final class Merge implements Function2<ConfidentMistakes, ConfidentMistakes, ConfidentMistakes> {
        private static final long serialVersionUID = 1L;

        @Override
        public ConfidentMistakes call(ConfidentMistakes one, ConfidentMistakes other) {
            return one.merge(other);
        }
    }
}
