package io.github.sparkcnn.data.format;

import java.io.Serializable;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.spark.SparkContext;
import org.apache.spark.util.AccumulatorV2;

/** Counts what {@code data.malformed = drop} leaves out, part by part of the data: a part that is read again counts once. */
public final class LeftOut extends AccumulatorV2<LeftOut.InPart, Long> implements Diagnosis {
    private static final long serialVersionUID = 1L;

    private final String what;
    private final Map<Integer, InPart> byPart = new ConcurrentSkipListMap<>();

    /**
     * Of one data set.
     *
     * @param what is counted, in words: {@code rows}, {@code files}
     */
    public LeftOut(String what) {
        this.what = what;
    }

    /** The same, filled by the tasks of an application. */
    public static LeftOut of(SparkContext spark, String what, String name) {
        LeftOut leftOut = new LeftOut(what);
        spark.register(leftOut, "dropped " + what + " of " + name);
        return leftOut;
    }

    /** What one part of the data loses, of which a task reads one after the other. */
    public static final class InPart implements Serializable {
        private static final long serialVersionUID = 1L;
        private final int part;
        private long count;
        private String first = "";

        /**
         * Nothing yet.
         *
         * @param part its place in the order of the data
         */
        public InPart(int part) {
            this.part = part;
        }

        /** Counts one more, and keeps where it is and what is wrong with it if it is the first. */
        public void drop(String which) {
            first = count++ == 0 ? which : first;
        }
    }

    @Override
    public Optional<Dropped> dropped() {
        return byPart.values().stream().findFirst().map(part -> new Dropped(value(), what, part.first));
    }

    @Override
    public boolean isZero() {
        return byPart.isEmpty();
    }

    @Override
    public LeftOut copy() {
        LeftOut copy = new LeftOut(what);
        copy.byPart.putAll(byPart);
        return copy;
    }

    @Override
    public void reset() {
        byPart.clear();
    }

    /** At the end of a part, if it lost anything. */
    @Override
    public void add(InPart part) {
        if (part.count > 0) {
            byPart.put(part.part, part);
        }
    }

    @Override
    public void merge(AccumulatorV2<InPart, Long> other) {
        byPart.putAll(((LeftOut) other).byPart);
    }

    @Override
    public Long value() {
        return byPart.values().stream().mapToLong(part -> part.count).sum();
    }
}
