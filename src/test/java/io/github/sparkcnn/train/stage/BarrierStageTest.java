package io.github.sparkcnn.train.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.allreduce.WorkerLostException;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;

class BarrierStageTest {

    /** As Spark 3.5 writes it. */
    private static final String GIVEN_UP = """
            Job aborted due to stage failure: ShuffleMapStage 9 (coalesce at BarrierStage.java:56) has failed the maximum allowable \
            number of times: 4. Most recent failure reason: Stage failed because barrier task ShuffleMapTask(9, 1) finished unsuccessfully.
            %s
            \tat io.github.sparkcnn.kernel.CudaChoice.requireJar(CudaChoice.java:98)
            """;

    @Test
    void theMistakeThatATaskFoundIsTheJobs() {
        UserException mistake = new UserException("use x", "it is y", "Set z");

        assertThat(BarrierStage.mistake(new SparkException(GIVEN_UP.formatted(mistake))))
                .hasValueSatisfying(told -> assertThat(told).hasMessage("Cannot use x: it is y. Set z."));
    }

    @Test
    void theMistakeThatAnotherTaskHasHeardOfIsTheJobs() {
        UserException mistake = new UserException("use x", "it is y", "Set z");

        assertThat(BarrierStage.mistake(new SparkException(
                        GIVEN_UP.formatted(new WorkerLostException(1, "host:7077", mistake.toString())))))
                .hasValueSatisfying(told -> assertThat(told).hasMessage("Cannot use x: it is y. Set z."));
    }

    @Test
    void anythingElseIsNone() {
        assertThat(BarrierStage.mistake(new SparkException(
                        GIVEN_UP.formatted(new IllegalStateException("Cannot be: " + UserException.class.getName())))))
                .isEmpty();
        assertThat(BarrierStage.mistake(new IllegalStateException())).isEmpty();
    }
}
