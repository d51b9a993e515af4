package io.github.sparkcnn.train;

import io.github.sparkcnn.device.ClusterShape;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;

/** The cluster as this application has it: how many tasks can run at once. */
public final class Cluster {

    private static final long WAIT_MILLIS = 30_000;
    private static final long POLL_MILLIS = 200;

    private final SparkContext spark;

    /** The cluster of a running application. */
    public Cluster(SparkContext spark) {
        this.spark = spark;
    }

    /** Waits for the executors that were asked for; fewer than these may be all there will be. */
    public ClusterShape shape() {
        int wanted = spark.conf().getInt("spark.executor.instances", 1);
        long deadline = System.currentTimeMillis() + WAIT_MILLIS;
        while (!spark.isLocal() && executors() < wanted && System.currentTimeMillis() < deadline) {
            sleep();
        }
        SparkConf conf = spark.conf();
        int executors = spark.isLocal() ? 1 : Math.max(1, executors());
        return new ClusterShape(
                executors,
                conf.getInt("spark.executor.cores", Math.max(1, spark.defaultParallelism() / executors)),
                conf.getInt("spark.task.cpus", 1),
                conf.getInt("spark.executor.resource.gpu.amount", 0),
                conf.getDouble("spark.task.resource.gpu.amount", 0),
                !spark.isLocal() && conf.getBoolean("spark.dynamicAllocation.enabled", false));
    }

    private int executors() {
        // The driver counts itself among them.
        return spark.statusTracker().getExecutorInfos().length - 1;
    }

    private static void sleep() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for executors", e);
        }
    }
}
