package io.github.sparkcnn.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many executors a standalone cluster is waited for. */
class ClusterProbeTest {

    @ParameterizedTest
    @CsvSource({"8, 4, 2", "2, 1, 2", "7, 2, 3", "3, 4, 0"})
    void asManyAreAwaitedAsTheCoresMake(String cores, String each, int executors) {
        SparkConf conf = new SparkConf(false).set("spark.cores.max", cores).set("spark.executor.cores", each);

        assertThat(ClusterProbe.executorsOfCores(conf)).isEqualTo(executors);
    }

    /** A standalone cluster then starts one a machine, however many cores that has. */
    @Test
    void noneAreKnownWhereOneOfTheTwoIsLeftOpen() {
        assertThat(ClusterProbe.executorsOfCores(new SparkConf(false))).isZero();
        assertThat(ClusterProbe.executorsOfCores(new SparkConf(false).set("spark.cores.max", "8")))
                .isZero();
        assertThat(ClusterProbe.executorsOfCores(new SparkConf(false).set("spark.executor.cores", "4")))
                .isZero();
    }
}
