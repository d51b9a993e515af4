package io.github.sparkcnn.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.device.ClusterShape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Four slots, eight processors in the driver. */
class TrialRoomTest {

    private static final ClusterShape CLUSTER = new ClusterShape(2, 4, 1, 0, 0, false, false);

    @Test
    void workersOfAllTrialsNeedASlot() {
        assertThat(room(1).workers(trial())).isEqualTo(4);
        assertThatCode(() -> require(2, "training.workers=2")).doesNotThrowAnyException();
        assertThatThrownBy(() -> require(2, "training.workers=3"))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot train 2 trials at once: a trial has 3 workers, and the cluster has 4 slots."
                        + " Lower --parallel or set training.workers to 2.");
        assertThatThrownBy(() -> require(5, "training.workers=1"))
                .hasMessageEndingWith(
                        "a trial has 1 worker, and the cluster has 4 slots. Lower --parallel to 4 or less.");
        assertThatThrownBy(() -> require(1, "training.workers=5"))
                .hasMessageStartingWith("Cannot train with 5 workers: the cluster has 4 slots");
    }

    @Test
    void trialsInTheDriverNeedProcessors() {
        assertThatCode(() -> require(1, "training.strategy=local")).doesNotThrowAnyException();
        assertThatCode(() -> require(4, "training.strategy=local", "device.threads=2"))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> require(2, "training.strategy=local"))
                .hasMessage("Cannot train 2 trials at once: a trial of training.strategy = local has 8 threads, and the"
                        + " driver has 8 processors. Lower --parallel or set device.threads to 4.");
    }

    @Test
    void trialsThatWouldBeInEachOthersWayAreTrainedOneByOne() {
        assertThatCode(() -> require(1, "training.workers={min = 1, max = 2}")).doesNotThrowAnyException();
        assertThatThrownBy(() -> require(2, "training.workers={min = 1, max = 2}"))
                .hasMessage(
                        "Cannot train 2 trials at once: training.workers is { min = 1, max = 2 }, and each trial would take"
                                + " the others' slots. Set --parallel to 1, or training.workers to a number.");
        assertThatThrownBy(() -> require(2, "training.strategy=dl4j-averaging", "training.workers=1"))
                .hasMessageEndingWith("Set --parallel to 1, or training.strategy to all-reduce or local.");
    }

    @Test
    void trialsOnTheGpuOfALocalMasterAreTrainedOneByOne() {
        ClusterShape local = new ClusterShape(1, 4, 1, 0, 0, false, true);
        Configuration trial = trial("device.backend=cuda");

        assertThat(new TrialRoom(local, 8, 1).workers(trial)).isEqualTo(1);
        assertThatCode(() -> new TrialRoom(local, 8, 1).require(List.of(trial))).doesNotThrowAnyException();
        assertThatThrownBy(() -> new TrialRoom(local, 8, 2).require(List.of(trial)))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot train 2 trials at once: a local master is one process, which computes on one GPU."
                        + " Set --parallel to 1, or search on a cluster that has an executor for every GPU.");
        assertThatThrownBy(() -> require(2, "device.backend=cuda", "training.strategy=local"))
                .hasMessageEndingWith("Set --parallel to 1, or training.strategy to all-reduce.");
    }

    @Test
    void everyWorkerNeedsAnImageOfAStep() {
        assertThatThrownBy(() -> require(1, "training.workers=2", "training.total-batch-size=1"))
                .hasMessageStartingWith(
                        "Cannot train with 2 workers: training.total-batch-size is 1, less than an image");
    }

    private static void require(int parallel, String... settings) {
        room(parallel).require(List.of(trial(settings)));
    }

    private static TrialRoom room(int parallel) {
        return new TrialRoom(CLUSTER, 8, parallel);
    }

    private static Configuration trial(String... settings) {
        return ConfigurationReader.read("test", "", List.of(settings));
    }
}
