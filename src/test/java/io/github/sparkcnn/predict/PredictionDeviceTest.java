package io.github.sparkcnn.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.UserException;
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

    /** It would give float32's predictions without a word. */
    @Test
    void onnxRuntimeHasNoBf16() {
        assertThatThrownBy(() -> device("device.precision=bf16").requireFloat32())
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "Cannot use device.precision = bf16: ONNX Runtime computes in float32. Set device.precision ="
                                + " float32, or predict with another engine.");
        assertThatCode(() -> device().requireFloat32()).doesNotThrowAnyException();
        assertThatCode(PredictionDevice.ANY::requireFloat32).doesNotThrowAnyException();
    }

    @Test
    void whatAnEngineLacksIsRefusedBeforeAnythingIsRead() {
        assertThatThrownBy(() -> device("device.precision=bf16").wake(PredictionEngine.ONNX))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("ONNX Runtime computes in float32");
        // libtorch multiplies bf16 on any processor: what oneDNN cannot do is not asked of it.
        assertThatCode(() -> device("device.precision=bf16").wake(PredictionEngine.TORCH))
                .doesNotThrowAnyException();
    }

    private static PredictionDevice device(String... settings) {
        return PredictionDevice.of(
                ConfigurationReader.read("test", "", List.of(settings)).device(), text -> {});
    }
}
