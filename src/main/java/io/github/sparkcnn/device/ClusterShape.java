package io.github.sparkcnn.device;

import io.github.sparkcnn.UserException;

/**
 * What decides whether all workers of a run can be there at once, as a barrier stage needs them.
 *
 * @param executors running, or asked for
 * @param coresPerExecutor task slots' raw material
 * @param cpusPerTask {@code spark.task.cpus}
 * @param gpusPerExecutor {@code spark.executor.resource.gpu.amount}; 0 without GPUs
 * @param gpusPerTask {@code spark.task.resource.gpu.amount}; below 1 tasks share a GPU
 * @param dynamicAllocation {@code spark.dynamicAllocation.enabled}
 */
public record ClusterShape(
        int executors,
        int coresPerExecutor,
        int cpusPerTask,
        int gpusPerExecutor,
        double gpusPerTask,
        boolean dynamicAllocation) {

    /** The tasks that can run at once. */
    public int slots() {
        int slots = coresPerExecutor / cpusPerTask;
        if (gpusPerTask > 0) {
            double byGpu = gpusPerTask < 1
                    ? gpusPerExecutor * Math.floor(1 / gpusPerTask)
                    : Math.floor(gpusPerExecutor / gpusPerTask);
            slots = (int) Math.min(slots, byGpu);
        }
        return executors * slots;
    }

    /** The GPUs of the cluster. */
    public int gpus() {
        return executors * gpusPerExecutor;
    }

    /** Throws the UserException that names the key to change if {@code workers} cannot all run at once. */
    public void requireSlots(int workers) {
        String action = "train with " + workers + " workers";
        if (dynamicAllocation) {
            throw new UserException(
                    action,
                    "a barrier stage needs all of them at once, and spark.dynamicAllocation.enabled is true",
                    "Set spark.dynamicAllocation.enabled = false and spark.executor.instances");
        }
        if (cpusPerTask > coresPerExecutor) {
            throw new UserException(
                    action,
                    "spark.task.cpus is " + cpusPerTask + ", more than the " + coresPerExecutor
                            + " cores of an executor",
                    "Lower spark.task.cpus or raise spark.executor.cores");
        }
        if (workers > slots()) {
            throw new UserException(
                    action,
                    "the cluster has " + slots() + " slots (" + executors + " executors of " + coresPerExecutor
                            + " cores, spark.task.cpus " + cpusPerTask
                            + (gpusPerTask > 0 ? ", spark.task.resource.gpu.amount " + gpusPerTask : "") + ")",
                    "Lower training.workers or raise spark.executor.instances or spark.executor.cores");
        }
    }

    /**
     * Throws the UserException that names the key to change if {@code workers} cannot have a GPU each; a
     * {@code spark.task.resource.gpu.amount} below 1 asks for sharing.
     */
    public void requireGpus(int workers) {
        String action = "train with " + workers + " workers on device.backend = cuda";
        if (gpusPerExecutor == 0) {
            throw new UserException(
                    action,
                    "Spark assigns no GPU to executors",
                    "Set spark.executor.resource.gpu.amount = 1 and spark.task.resource.gpu.amount = 1");
        }
        if (gpusPerExecutor > 1) {
            throw new UserException(
                    action,
                    "spark.executor.resource.gpu.amount is " + gpusPerExecutor
                            + ", and an executor computes on one GPU",
                    "Set spark.executor.resource.gpu.amount = 1 and have an executor for every GPU");
        }
        if (gpusPerTask == 0) {
            throw new UserException(
                    action,
                    "Spark assigns no GPU to tasks, so that workers of one executor would share one",
                    "Set spark.task.resource.gpu.amount = 1");
        }
        if (gpusPerTask >= 1 && workers > gpus()) {
            throw new UserException(
                    action,
                    "the cluster has " + gpus() + " GPUs",
                    "Lower training.workers, add GPUs, or set spark.task.resource.gpu.amount below 1 to share them");
        }
    }
}
