package io.github.sparkcnn.train.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.data.job.JobName;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FailedStagesTest extends SparkTest {

    @Test
    void hearsOfItsOwnJobsAloneAlsoAmongThoseOfTheSameName() throws InterruptedException {
        FailedStages heard = new FailedStages("run 1");
        jsc().sc().addSparkListener(heard);
        try {
            fail("Training with 2 workers", "of nobody");
            JobName.marking(jsc().sc(), "run 2", () -> fail("Training with 2 workers", "of another run's worker"));
            JobName.marking(jsc().sc(), "run 1", () -> fail("Training with 2 workers", "of a worker"));

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

    private static Object fail(String name, String why) {
        return JobName.describing(
                jsc().sc(),
                name,
                () -> assertThatThrownBy(() -> jsc().parallelize(List.of(1), 1).foreach(x -> {
                            throw new IllegalStateException(why);
                        }))
                        .hasMessageContaining(why));
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
