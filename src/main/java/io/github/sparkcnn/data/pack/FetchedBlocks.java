package io.github.sparkcnn.data.pack;

import io.github.sparkcnn.image.PackedImages;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;

/** The blocks of an RDD's first partition in the driver, never more than a few at a time: each few are a Spark job. */
final class FetchedBlocks implements Iterator<PackedImages> {
    private static final int BLOCKS_A_JOB = 64;

    private final JavaRDD<PackedImages> blocks;
    private final Deque<PackedImages> fetched = new ArrayDeque<>();
    private int jobs;
    private boolean ended;

    FetchedBlocks(JavaRDD<PackedImages> blocks) {
        this.blocks = blocks;
    }

    @Override
    public boolean hasNext() {
        if (fetched.isEmpty() && !ended) {
            List<PackedImages> next = blocks.mapPartitions(new Few(jobs++)).collectPartitions(new int[] {0})[0];
            fetched.addAll(next);
            ended = next.size() < BLOCKS_A_JOB;
        }
        return !fetched.isEmpty();
    }

    @Override
    public PackedImages next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return fetched.poll();
    }

    private static final class Few implements FlatMapFunction<Iterator<PackedImages>, PackedImages> {
        private static final long serialVersionUID = 1L;
        private final int job;

        Few(int job) {
            this.job = job;
        }

        @Override
        public Iterator<PackedImages> call(Iterator<PackedImages> all) {
            return StreamSupport.stream(Spliterators.spliteratorUnknownSize(all, Spliterator.ORDERED), false)
                    .skip((long) job * BLOCKS_A_JOB)
                    .limit(BLOCKS_A_JOB)
                    .iterator();
        }
    }
}
