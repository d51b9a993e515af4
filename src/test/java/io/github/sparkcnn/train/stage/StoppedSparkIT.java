package io.github.sparkcnn.train.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.train.RunProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spark is stopped, as when YARN's application is killed, while a barrier stage waits for executors that were lost. */
@Tag("cluster")
class StoppedSparkIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    /** Asks for two tasks at once where there is room for one, and is stopped as soon as the file in its argument is there. */
    static final class Waiting {

        private Waiting() {}

        public static void main(String... args) {
            SparkSession spark = SparkSession.builder().appName("waiting").getOrCreate();
            Thread stopping = new Thread(() -> {
                while (!Files.exists(Path.of(args[0]))) {
                    LockSupport.parkNanos(10_000_000);
                }
                spark.stop();
            });
            stopping.start();
            JavaRDD<Integer> two =
                    JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(List.of(1, 2), 2);
            BarrierStage.start(two, numbers -> numbers, "waiting").await(new CompletableFuture<>(), () -> {});
        }
    }

    @Test
    void doesNotWaitForEver() throws IOException {
        Path now = folder.resolve("now");
        try (RunProcess run = RunProcess.start(
                folder.resolve("log"),
                Map.of("spark.master", "local[1]", "spark.ui.enabled", "false"),
                Waiting.class,
                List.of(now.toString()))) {
            run.awaitOutput("requires 2 slots, but only 1 are available", PATIENCE);
            Files.createFile(now);

            assertThat(run.awaitEnd(PATIENCE)).isEqualTo(1);
            assertThat(run.output()).contains("Spark was stopped while a stage waited for its executors");
        }
    }
}
