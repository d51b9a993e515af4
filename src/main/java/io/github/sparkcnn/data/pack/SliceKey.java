package io.github.sparkcnn.data.pack;

import java.io.Serializable;
import java.util.Comparator;
import org.apache.spark.Partitioner;

/**
 * Where a slice of a block goes.
 *
 * @param worker its partition
 * @param first index of its first image, which orders a worker's slices
 */
record SliceKey(int worker, int first) implements Serializable {

    /** One partition a worker. */
    static final class ByWorker extends Partitioner {
        private static final long serialVersionUID = 1L;
        private final int workers;

        ByWorker(int workers) {
            this.workers = workers;
        }

        @Override
        public int numPartitions() {
            return workers;
        }

        @Override
        public int getPartition(Object key) {
            return ((SliceKey) key).worker;
        }
    }

    /** Within a worker the order of the data set. */
    static final class InOrder implements Comparator<SliceKey>, Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public int compare(SliceKey a, SliceKey b) {
            return Integer.compare(a.first, b.first);
        }
    }
}
