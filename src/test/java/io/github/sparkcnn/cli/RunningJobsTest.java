package io.github.sparkcnn.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.console.Console;
import io.github.sparkcnn.data.job.JobName;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class RunningJobsTest extends SparkTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private long seconds;

    @Test
    void aLogHearsOfWhatTakesLong() {
        RunningJobs jobs = jobs(false, true);

        jobs.begin(named("Reading x.csv"), 7, 4);
        jobs.ended(7);
        seconds = 4;
        jobs.tell();
        assertThat(said()).isEmpty();
        seconds = 5;
        jobs.tell();
        jobs.tell();
        jobs.end(7);
        // The next stage of the same work is no new one.
        jobs.begin(named("Reading x.csv"), 8, 1);
        seconds = 64;
        jobs.tell();
        seconds = 66;
        jobs.tell();

        assertThat(said()).isEqualTo("  Reading x.csv …  1 of 4 tasks\n  Reading x.csv …\n");
    }

    @Test
    void othersThanTrainAndCompareSayNothingInALog() {
        RunningJobs jobs = jobs(false, false);

        jobs.begin(named("Reading x.csv"), 7, 4);
        seconds = 100;
        jobs.tell();

        assertThat(said()).isEmpty();
    }

    @Test
    void aTerminalShowsItAtOnceAndNothingIsLeft() {
        RunningJobs jobs = jobs(true, true);

        jobs.begin(named("Reading x.csv"), 7, 2);
        jobs.ended(7);
        jobs.ended(3);
        jobs.close();
        jobs.begin(named("Reading x.csv"), 8, 2);

        assertThat(said())
                .isEqualTo("\r\u001b[KReading x.csv …  0 of 2 tasks\r\u001b[KReading x.csv …  1 of 2 tasks\r\u001b[K");
    }

    @Test
    void jobsWithoutANameAreNotSpokenOf() {
        RunningJobs jobs = jobs(true, true);

        jobs.begin(null, 1, 2);
        jobs.begin(new Properties(), 1, 2);
        jobs.ended(1);

        assertThat(said()).isEmpty();
    }

    @Test
    void hearsOfSparksJobsByTheirNames() throws InterruptedException {
        try (RunningJobs jobs = RunningJobs.of(jsc().sc(), console(true), true)) {
            jobs.tell();
            long counted = JobName.during(
                    jsc().sc(),
                    "Counting",
                    () -> jsc().parallelize(List.of(1, 2, 3), 2).count());

            assertThat(counted).isEqualTo(3);
            // Spark tells its listeners from a thread of its own.
            for (int waited = 0; waited < 1000 && !said().contains("Counting …  2 of 2 tasks"); waited++) {
                Thread.sleep(20);
            }
            assertThat(said()).contains("Counting …  2 of 2 tasks");
        }
        assertThat(jsc().getLocalProperty("spark.job.description")).isNull();
    }

    private RunningJobs jobs(boolean terminal, boolean inLog) {
        return new RunningJobs(console(terminal), inLog, () -> seconds * 1_000_000_000L);
    }

    private Console console(boolean terminal) {
        return new Console(new PrintStream(out, true, UTF_8), terminal);
    }

    private String said() {
        return out.toString(UTF_8);
    }

    private static Properties named(String name) {
        Properties properties = new Properties();
        properties.setProperty("sparkcnn.job", name);
        return properties;
    }
}
