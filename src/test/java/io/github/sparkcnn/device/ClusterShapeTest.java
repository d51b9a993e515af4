package io.github.sparkcnn.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.UserException;
import org.junit.jupiter.api.Test;

class ClusterShapeTest {

    @Test
    void countsSlotsByCoresAndGpus() {
        assertThat(new ClusterShape(3, 8, 4, 0, 0, false).slots()).isEqualTo(6);
        assertThat(new ClusterShape(3, 8, 1, 1, 1, false).slots()).isEqualTo(3);
        assertThat(new ClusterShape(1, 8, 1, 1, 0.25, false).slots()).isEqualTo(4);
    }

    @Test
    void acceptsWorkersThatFit() {
        ClusterShape shape = new ClusterShape(4, 2, 1, 1, 1, false);

        assertThatCode(() -> shape.requireSlots(4)).doesNotThrowAnyException();
        assertThatCode(() -> shape.requireGpus(4)).doesNotThrowAnyException();
    }

    @Test
    void refusesMoreWorkersThanSlots() {
        assertThatThrownBy(() -> new ClusterShape(2, 4, 2, 0, 0, false).requireSlots(5))
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "Cannot train with 5 workers: the cluster has 4 slots (2 executors of 4 cores, spark.task.cpus"
                                + " 2). Lower training.workers or raise spark.executor.instances or spark.executor.cores.");
    }

    @Test
    void refusesDynamicAllocation() {
        assertThatThrownBy(() -> new ClusterShape(2, 4, 1, 0, 0, true).requireSlots(2))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("spark.dynamicAllocation.enabled is true");
    }

    @Test
    void refusesTasksLargerThanExecutors() {
        assertThatThrownBy(() -> new ClusterShape(2, 4, 8, 0, 0, false).requireSlots(1))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("spark.task.cpus is 8, more than the 4 cores");
    }

    @Test
    void refusesFewerGpusThanWorkersUnlessTheyShare() {
        assertThatThrownBy(() -> new ClusterShape(2, 4, 1, 1, 1, false).requireGpus(3))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("the cluster has 2 GPUs. Lower training.workers");
        assertThatCode(() -> new ClusterShape(2, 4, 1, 1, 0.5, false).requireGpus(4))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> new ClusterShape(2, 4, 1, 0, 0, false).requireGpus(1))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("spark.executor.resource.gpu.amount = 1");
        assertThatThrownBy(() -> new ClusterShape(2, 4, 1, 1, 0, false).requireGpus(2))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("would share one. Set spark.task.resource.gpu.amount = 1");
        assertThatThrownBy(() -> new ClusterShape(2, 4, 1, 2, 1, false).requireGpus(4))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("spark.executor.resource.gpu.amount is 2, and an executor computes on one GPU");
    }
}
