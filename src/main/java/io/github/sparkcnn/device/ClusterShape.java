package io.github.sparkcnn.device;

import io.github.sparkcnn.UserException;

/**
 * What decides whether all workers of a run can be there at once, as a barrier stage needs them.
 *
 * @param executors running
 * @param slots tasks that can run at once, as Spark counts them
 * @param cpusPerTask {@code spark.task.cpus}
 * @param gpusPerExecutor {@code spark.executor.resource.gpu.amount}; 0 without GPUs
 * @param gpusPerTask {@code spark.task.resource.gpu.amount}; below 1 tasks share a GPU
 * @param dynamicAllocation {@code spark.dynamicAllocation.enabled}
 * @param isLocal whether the one executor is the driver's process, to which Spark assigns no GPU, and which finds its own
 */
public record ClusterShape(
        int executors,
        int slots,
        int cpusPerTask,
        int gpusPerExecutor,
        double gpusPerTask,
        boolean dynamicAllocation,
        boolean isLocal) {

    static final int GPUS_OF_A_PROCESS = 1;

    /** The GPUs of the cluster. */
    public int gpus() {
        return executors * gpusPerExecutor;
    }

    /** For workers that compute on a GPU each fewer, as far as Spark does not count that itself: a local master has one. */
    public int slots(boolean onGpus) {
        return onGpus && isLocal ? GPUS_OF_A_PROCESS : slots;
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
        if (executors == 0) {
            throw new UserException(
                    action,
                    "the cluster has started no executor in time",
                    "Look at the executors' logs and at what the cluster has free, or raise"
                            + " spark.scheduler.maxRegisteredResourcesWaitingTime");
        }
        if (workers > slots) {
            String gpu = gpusPerTask > 0 ? ", spark.task.resource.gpu.amount " + gpusPerTask : "";
            throw new UserException(
                    action,
                    "the cluster has " + slots + " slots (executors " + executors + ", spark.task.cpus " + cpusPerTask
                            + gpu + ")",
                    "Lower training.workers" + (cpusPerTask > 1 ? " or spark.task.cpus" : "")
                            + (gpu.isEmpty() ? "" : " or spark.task.resource.gpu.amount")
                            + ", or raise spark.executor.instances or spark.executor.cores");
        }
    }

    /**
     * Throws the UserException that names the key to change if {@code workers} cannot have a GPU each; a
     * {@code spark.task.resource.gpu.amount} below 1 asks for sharing.
     */
    public void requireGpus(int workers) {
        String action = "train with " + workers + " workers on device.backend = cuda";
        if (isLocal) {
            if (workers > slots(true)) {
                throw new UserException(
                        action,
                        "a local master is one process, which computes on one GPU",
                        "Take one worker, or train on a cluster that has an executor for every GPU");
            }
            return;
        }
        if (gpusPerExecutor == 0) {
            throw new UserException(
                    action,
                    "Spark assigns no GPU to executors",
                    "Set spark.executor.resource.gpu.amount = 1 and spark.task.resource.gpu.amount = 1 on a cluster, or"
                            + " training.strategy = local on one machine");
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
                    "Take fewer workers, add GPUs, or set spark.task.resource.gpu.amount below 1 to share them");
        }
    }
}
