package io.github.sparkcnn.data.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

/** A third of an executor's heap, shared by the tasks that may be in it at a time. */
class ShareLimitsTest {

    private static final long THIRD = (4L << 30) / 3;

    @Test
    void anExecutorOfOneTaskHasOneShare() {
        Map<String, String> oneTask = Map.of("spark.executor.cores", "4", "spark.task.cpus", "4");

        assertThat(heap(oneTask, 1)).isEqualTo(THIRD);
        assertThat(heap(oneTask, 16)).isEqualTo(THIRD);
    }

    @Test
    void anExecutorHasNoMoreSharesThanTasksOrWorkers() {
        Map<String, String> fourTasks = Map.of("spark.executor.cores", "4");

        assertThat(heap(fourTasks, 2)).isEqualTo(THIRD / 2);
        assertThat(heap(fourTasks, 8)).isEqualTo(THIRD / 4);
        assertThat(heap(Map.of("spark.executor.cores", "7", "spark.task.cpus", "3"), 8))
                .isEqualTo(THIRD / 2);
    }

    @Test
    void whereNobodySaysHowManyTasksFitAllWorkersMayBeInOne() {
        assertThat(heap(Map.of(), 8)).isEqualTo(THIRD / 8);
        assertThat(heap(Map.of("spark.task.cpus", "4"), 8)).isEqualTo(THIRD / 8);
    }

    @Test
    void runsAtTheSameTimeShareIt() {
        SparkConf conf = new SparkConf(false).set("spark.executor.memory", "4g").set("spark.executor.cores", "1");

        assertThat(ShareLimits.of(conf, 2, 4).heapBytes()).isEqualTo(THIRD / 4);
    }

    private static long heap(Map<String, String> properties, int workers) {
        SparkConf conf = new SparkConf(false).set("spark.executor.memory", "4g");
        properties.forEach(conf::set);
        return ShareLimits.of(conf, workers, 1).heapBytes();
    }
}
