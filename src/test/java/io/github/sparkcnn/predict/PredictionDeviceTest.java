package io.github.sparkcnn.predict;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.kernel.Engines;
import io.github.sparkcnn.kernel.KernelOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the keys of device.* make of a model's replicas. */
class PredictionDeviceTest {

    @Test
    void theDefaultsAreWhatThereIs() {
        assertThat(device().kernels(PredictionEngine.AUTO))
                .isEqualTo(PredictionDevice.ANY.kernels(PredictionEngine.AUTO))
                .isEqualTo(KernelOptions.defaults());
        assertThat(device().threads()).isEmpty();
    }

    @Test
    void theKeysDecide() {
        KernelOptions options = device("device.threads=3", "device.engine=dl4j", "device.require-native-kernels=true")
                .kernels(PredictionEngine.DL4J);

        assertThat(options.threads()).isEqualTo(3);
        assertThat(options.engine()).isEqualTo(Engines.DL4J);
        assertThat(options.required()).isTrue();
    }

    @Test
    void theEngineOnednnIsOneDnnOrAnError() {
        assertThat(device().kernels(PredictionEngine.ONEDNN).engine()).isEqualTo(Engines.ONEDNN);
    }

    private static PredictionDevice device(String... settings) {
        return PredictionDevice.of(
                ConfigurationReader.read("test", "", List.of(settings)).device(), text -> {});
    }
}
