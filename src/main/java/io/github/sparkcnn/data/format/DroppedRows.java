package io.github.sparkcnn.data.format;

import io.github.sparkcnn.UserException;
import java.io.Serializable;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.spark.util.AccumulatorV2;

/** Counts the rows that were dropped, partition by partition: one that is read again counts once. */
public final class DroppedRows extends AccumulatorV2<DroppedRows.InPartition, Long> implements Diagnosis {
    private static final long serialVersionUID = 1L;

    private final Map<Integer, InPartition> byPartition = new ConcurrentSkipListMap<>();

    /** Those of one partition. */
    public static final class InPartition implements Serializable {
        private static final long serialVersionUID = 1L;
        private final int partition;
        private long rows;
        private String first = "";

        public InPartition(int partition) {
            this.partition = partition;
        }

        /** Counts a row. */
        public void drop(String which) {
            first = rows++ == 0 ? which : first;
        }

        public boolean isNone() {
            return rows == 0;
        }
    }

    @Override
    public Optional<UserException> explain(UserException failure) {
        return Optional.empty();
    }

    @Override
    public Optional<Dropped> dropped() {
        return byPartition.values().stream().findFirst().map(first -> new Dropped(value(), first.first));
    }

    @Override
    public boolean isZero() {
        return byPartition.isEmpty();
    }

    @Override
    public DroppedRows copy() {
        DroppedRows copy = new DroppedRows();
        copy.byPartition.putAll(byPartition);
        return copy;
    }

    @Override
    public void reset() {
        byPartition.clear();
    }

    @Override
    public void add(InPartition dropped) {
        byPartition.put(dropped.partition, dropped);
    }

    @Override
    public void merge(AccumulatorV2<InPartition, Long> other) {
        byPartition.putAll(((DroppedRows) other).byPartition);
    }

    @Override
    public Long value() {
        return byPartition.values().stream().mapToLong(dropped -> dropped.rows).sum();
    }
}
