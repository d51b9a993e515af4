package io.github.sparkcnn.train.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.SparkTest;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FailedStagesTest extends SparkTest {

    @Test
    void hearsOfItsOwnJobsAlone() throws InterruptedException {
        FailedStages heard = new FailedStages("Training");
        jsc().sc().addSparkListener(heard);
        try {
            fail("A listener's job", "of somebody else");
            fail("Training with 2 workers", "of a worker");

            List<String> reasons = heard.take();
            for (int i = 0; reasons.isEmpty() && i < 1000; i++) {
                TimeUnit.MILLISECONDS.sleep(20); // Spark tells some time later, in order
                reasons = heard.take();
            }
            assertThat(reasons).singleElement().asString().contains("of a worker");
        } finally {
            jsc().sc().removeSparkListener(heard);
        }
    }

    private static void fail(String description, String why) {
        jsc().setJobDescription(description);
        try {
            assertThatThrownBy(() -> jsc().parallelize(List.of(1), 1).foreach(x -> {
                        throw new IllegalStateException(why);
                    }))
                    .hasMessageContaining(why);
        } finally {
            jsc().setJobDescription(null);
        }
    }

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
