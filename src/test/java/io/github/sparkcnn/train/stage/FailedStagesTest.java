package io.github.sparkcnn.train.stage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailedStagesTest {

    @Test
    void findsWhatTheTaskSaid() {
        String failure = """
                Stage failed because barrier task ResultTask(2, 1) finished unsuccessfully.
                io.github.sparkcnn.allreduce.WorkerLostException: Worker 1 at 127.0.0.1:4711 is lost: its connection broke
                \tat io.github.sparkcnn.allreduce.Vigil.check(Vigil.java:30)
                Caused by: java.io.IOException: closed
                """;

        assertThat(FailedStages.reason(failure)).isEqualTo("Worker 1 at 127.0.0.1:4711 is lost: its connection broke");
    }

    @Test
    void findsWhySparkLostTheTask() {
        String failure = """
                Stage failed because barrier task ShuffleMapTask(11, 1) finished unsuccessfully.
                ExecutorLostFailure (executor 1 exited unrelated to the running tasks) Reason: Command exited with code 137
                """;

        assertThat(FailedStages.reason(failure))
                .isEqualTo(
                        "ExecutorLostFailure (executor 1 exited unrelated to the running tasks) Reason: Command exited"
                                + " with code 137");
    }
}
