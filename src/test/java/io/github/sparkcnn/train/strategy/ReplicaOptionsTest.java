package io.github.sparkcnn.train.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.kernel.update.UpdateRule;
import java.util.List;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class ReplicaOptionsTest {

    private static final Configuration CONFIGURATION =
            ConfigurationReader.read("test", "", List.of("network.name=all-convolutional"));

    @Test
    void driverAndWorkersAskForReplicasThatCanTrain() {
        assertThat(ReplicaOptions.ofDriver(CONFIGURATION, UpdateRule.PYTORCH).training())
                .isTrue();
        assertThat(ReplicaOptions.ofWorker(new SparkConf(false), CONFIGURATION, UpdateRule.PYTORCH)
                        .training())
                .isTrue();
        assertThat(KernelOptions.of(CONFIGURATION.device(), 1).training()).isFalse();
    }
}
