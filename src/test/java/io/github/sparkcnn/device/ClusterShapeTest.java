package io.github.sparkcnn.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.UserException;
import org.junit.jupiter.api.Test;

class ClusterShapeTest {

    @Test
    void acceptsWorkersThatFit() {
        ClusterShape shape = new ClusterShape(4, 4, 1, 1, 1, false, false);

        assertThatCode(() -> shape.requireSlots(4)).doesNotThrowAnyException();
        assertThatCode(() -> shape.requireGpus(4)).doesNotThrowAnyException();
    }

    @Test
    void refusesMoreWorkersThanSlots() {
        assertThatThrownBy(() -> new ClusterShape(2, 4, 2, 0, 0, false, false).requireSlots(5))
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "Cannot train with 5 workers: the cluster has 4 slots (executors 2, spark.task.cpus 2). Lower"
                                + " training.workers or spark.task.cpus, or raise spark.executor.instances or"
                                + " spark.executor.cores.");
    }

    @Test
    void refusesDynamicAllocation() {
        assertThatThrownBy(() -> new ClusterShape(2, 4, 1, 0, 0, true, false).requireSlots(2))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("spark.dynamicAllocation.enabled is true");
    }

    @Test
    void namesTheGpusThatLimitTheSlots() {
        assertThatThrownBy(() -> new ClusterShape(2, 2, 1, 1, 1, false, false).requireSlots(4))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("2 slots (executors 2, spark.task.cpus 1, spark.task.resource.gpu.amount 1.0)")
                .hasMessageContaining("or spark.task.resource.gpu.amount");
    }

    @Test
    void saysThatThereIsNoExecutor() {
        assertThatThrownBy(() -> new ClusterShape(0, 0, 1, 1, 1, false, false).requireSlots(1))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("the cluster has started no executor");
    }

    /** Spark assigns none there: the process finds its own. */
    @Test
    void aLocalMasterHasOneGpu() {
        ClusterShape local = new ClusterShape(1, 4, 1, 0, 0, false, true);

        assertThat(local.slots(true)).isEqualTo(1);
        assertThat(new ClusterShape(4, 4, 1, 1, 1, false, false).slots(true)).isEqualTo(4);
        assertThatCode(() -> local.requireGpus(1)).doesNotThrowAnyException();
        assertThatThrownBy(() -> local.requireGpus(2))
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "Cannot train with 2 workers on device.backend = cuda: a local master is one process, which computes"
                                + " on one GPU. Take one worker, or train on a cluster that has an executor for every"
                                + " GPU.");
    }

    @Test
    void refusesFewerGpusThanWorkersUnlessTheyShare() {
        assertThatThrownBy(() -> new ClusterShape(2, 4, 1, 1, 1, false, false).requireGpus(3))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("the cluster has 2 GPUs. Take fewer workers");
        assertThatCode(() -> new ClusterShape(2, 4, 1, 1, 0.5, false, false).requireGpus(4))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> new ClusterShape(2, 4, 1, 0, 0, false, false).requireGpus(1))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("spark.executor.resource.gpu.amount = 1");
        assertThatThrownBy(() -> new ClusterShape(2, 4, 1, 1, 0, false, false).requireGpus(2))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("would share one. Set spark.task.resource.gpu.amount = 1");
        assertThatThrownBy(() -> new ClusterShape(2, 4, 1, 2, 1, false, false).requireGpus(4))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("spark.executor.resource.gpu.amount is 2, and an executor computes on one GPU");
    }
}
