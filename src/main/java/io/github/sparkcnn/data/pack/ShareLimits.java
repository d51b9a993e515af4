package io.github.sparkcnn.data.pack;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * How much of a share may be in memory at a time.
 *
 * @param blockBytes pixels in a block; one image where that is larger
 * @param sliceBytes pixels in what is moved to a worker at a time
 * @param heapBytes pixels of a whole share that may stay on the heap; a larger one is moved to a file
 */
record ShareLimits(int blockBytes, int sliceBytes, long heapBytes) {
    /** Small, because Spark's shuffle holds a hundred of them for each worker it writes for. */
    private static final int SLICE_BYTES = 1 << 16;

    /** All shares of a JVM together may take a third of its heap: Spark needs as much, and so do replicas and averaging. */
    private static final int HEAP_FRACTION = 3;

    private static final int BESIDE_FRACTION = 4;

    private static final String CORES = "spark.executor.cores";

    /**
     * The limits in the executors.
     *
     * @param runs that may be in an executor at the same time, each with so many workers
     */
    static ShareLimits of(JavaSparkContext spark, int workers, int runs) {
        return spark.isLocal()
                ? of(Runtime.getRuntime().maxMemory(), Math.min(workers, spark.defaultParallelism()), runs)
                : of(spark.getConf(), workers, runs);
    }

    /** The limits in executors that are processes of their own: as many shares as tasks, or where nobody says how many, as workers. */
    static ShareLimits of(SparkConf conf, int workers, int runs) {
        int tasks = conf.contains(CORES) ? conf.getInt(CORES, 1) / conf.getInt("spark.task.cpus", 1) : workers;
        return of(conf.getSizeAsBytes("spark.executor.memory", "1g"), Math.max(1, Math.min(workers, tasks)), runs);
    }

    private static ShareLimits of(long heap, int shares, int runs) {
        return new ShareLimits(Packing.BLOCK_BYTES, SLICE_BYTES, heap / HEAP_FRACTION / shares / runs);
    }

    /** The same for shares that lie beside those that are trained on: a file is read as well where they are read in order. */
    ShareLimits beside() {
        return new ShareLimits(blockBytes, sliceBytes, heapBytes / BESIDE_FRACTION);
    }

    /** The same for images that do not come in their order, which each find their place alone. */
    ShareLimits oneByOne() {
        return new ShareLimits(blockBytes, 1, heapBytes);
    }

    /** The bytes that the share of each of so many runs may take on the driver's heap. */
    static long ofDriver(int runs) {
        return Runtime.getRuntime().maxMemory() / HEAP_FRACTION / runs;
    }
}
