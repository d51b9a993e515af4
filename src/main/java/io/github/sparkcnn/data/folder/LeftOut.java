package io.github.sparkcnn.data.folder;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.data.format.Diagnosis;
import java.io.Serializable;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.spark.util.AccumulatorV2;

/** Counts the files that were dropped, chunk by chunk: a chunk that is read again counts once. */
final class LeftOut extends AccumulatorV2<LeftOut.InChunk, Long> implements Diagnosis {
    private static final long serialVersionUID = 1L;

    private final Map<Integer, InChunk> byChunk = new ConcurrentSkipListMap<>();

    /**
     * What one chunk lost.
     *
     * @param first of its files, and what is wrong with it
     */
    record InChunk(int chunk, long files, String first) implements Serializable {}

    @Override
    public boolean isZero() {
        return byChunk.isEmpty();
    }

    @Override
    public LeftOut copy() {
        LeftOut copy = new LeftOut();
        copy.byChunk.putAll(byChunk);
        return copy;
    }

    @Override
    public void reset() {
        byChunk.clear();
    }

    @Override
    public void add(InChunk dropped) {
        byChunk.put(dropped.chunk(), dropped);
    }

    @Override
    public void merge(AccumulatorV2<InChunk, Long> other) {
        byChunk.putAll(((LeftOut) other).byChunk);
    }

    @Override
    public Long value() {
        return byChunk.values().stream().mapToLong(InChunk::files).sum();
    }

    /** The first bad file is told already. */
    @Override
    public Optional<UserException> explain(UserException failure) {
        return Optional.empty();
    }

    @Override
    public Optional<Dropped> dropped() {
        return byChunk.values().stream().findFirst().map(first -> new Dropped(value(), first.first()));
    }
}
