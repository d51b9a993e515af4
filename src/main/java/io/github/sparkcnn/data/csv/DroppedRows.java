package io.github.sparkcnn.data.csv;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.util.AccumulatorV2;

/** Counts the rows that were dropped, split by split: a split that is read again counts once. */
final class DroppedRows extends AccumulatorV2<DroppedRows.InSplit, Long> {
    private static final long serialVersionUID = 1L;

    private final Map<String, Long> bySplit = new ConcurrentHashMap<>();

    /** The rows dropped in one split. */
    record InSplit(String split, long rows) {}

    @Override
    public boolean isZero() {
        return bySplit.isEmpty();
    }

    @Override
    public DroppedRows copy() {
        DroppedRows copy = new DroppedRows();
        copy.bySplit.putAll(bySplit);
        return copy;
    }

    @Override
    public void reset() {
        bySplit.clear();
    }

    @Override
    public void add(InSplit dropped) {
        bySplit.put(dropped.split(), dropped.rows());
    }

    @Override
    public void merge(AccumulatorV2<InSplit, Long> other) {
        bySplit.putAll(((DroppedRows) other).bySplit);
    }

    @Override
    public Long value() {
        return bySplit.values().stream().mapToLong(Long::longValue).sum();
    }
}
