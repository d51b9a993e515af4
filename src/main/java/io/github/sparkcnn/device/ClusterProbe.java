package io.github.sparkcnn.device;

import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;

/** Finds out, once the executors are there, how many tasks of this application can run at once. */
public final class ClusterProbe {

    /** Spark's own, for the same question: how long until the executors that will come are there. */
    private static final String WAIT = "spark.scheduler.maxRegisteredResourcesWaitingTime";

    private static final String INSTANCES = "spark.executor.instances";
    /** Which part of what was asked for is enough to begin with. */
    private static final String RATIO = "spark.scheduler.minRegisteredResourcesRatio";

    private static final long SETTLED_MILLIS = 2_000;
    private static final long POLL_MILLIS = 200;

    private final SparkContext spark;

    /** For a running application. */
    public ClusterProbe(SparkContext spark) {
        this.spark = spark;
    }

    /**
     * The cluster, once the executors that were asked for are there. Where nobody said how many, once no more have come for two
     * seconds. Fewer than were asked for may be all there will be: it waits as long as Spark does.
     *
     * @param workers that have to find room; empty if as many as there is room for
     */
    public ClusterShape shape(Optional<Integer> workers) {
        long deadline = System.currentTimeMillis() + spark.conf().getTimeAsMs(WAIT, "30s");
        long settled = 0;
        for (int before = executors(); !isReady(workers, settled) && System.currentTimeMillis() < deadline; ) {
            sleep();
            int now = executors();
            settled = now == before ? settled + POLL_MILLIS : 0;
            before = now;
        }
        SparkConf conf = spark.conf();
        return new ClusterShape(
                executors(),
                slots(),
                conf.getInt("spark.task.cpus", 1),
                conf.getInt("spark.executor.resource.gpu.amount", 0),
                conf.getDouble("spark.task.resource.gpu.amount", 0),
                !spark.isLocal() && conf.getBoolean("spark.dynamicAllocation.enabled", false),
                spark.isLocal());
    }

    /** As many workers as there is room for, at least one. */
    public int workers(boolean onGpus) {
        return Math.max(1, shape(Optional.empty()).slots(onGpus));
    }

    private boolean isReady(Optional<Integer> workers, long settledMillis) {
        int asked = spark.conf().getInt(INSTANCES, 0);
        if (isLocal()) {
            return true;
        }
        if (asked > 0) {
            return executors() >= asked;
        }
        if (workers.isPresent()) {
            return slots() >= workers.get();
        }
        double expected = executorsOfCores(spark.conf());
        double least = Math.max(1, expected * spark.conf().getDouble(RATIO, 1));
        return (expected > 0 && executors() >= expected) || (executors() >= least && settledMillis >= SETTLED_MILLIS);
    }

    /** The executors that a standalone cluster starts, in its own words; 0 where they do not say. */
    static int executorsOfCores(SparkConf conf) {
        int cores = conf.getInt("spark.cores.max", 0);
        return cores == 0 ? 0 : cores / conf.getInt("spark.executor.cores", Integer.MAX_VALUE);
    }

    /** Whether the driver is the only process. */
    public boolean isLocal() {
        return spark.isLocal();
    }

    private int executors() {
        // The driver counts itself among them, and is the only one on a local master; Spark's status may be of before
        // that.
        return spark.isLocal() ? 1 : spark.statusTracker().getExecutorInfos().length - 1;
    }

    /** The tasks that can run at once, now. */
    public int slots(boolean onGpus) {
        return onGpus && spark.isLocal() ? ClusterShape.GPUS_OF_A_PROCESS : slots();
    }

    private int slots() {
        return spark.maxNumConcurrentTasks(spark.resourceProfileManager().defaultResourceProfile());
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
