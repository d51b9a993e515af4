package io.github.sparkcnn.kernel;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.DeviceConfig;
import io.github.sparkcnn.config.DeviceConfig.Averaging;
import io.github.sparkcnn.config.DeviceConfig.Backend;
import io.github.sparkcnn.config.DeviceConfig.Precision;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.network.Network;
import java.util.Optional;
import org.bytedeco.dnnl.global.dnnl;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where bf16 is refused: with oneDNN's sets of instructions by name, and for good where the build allows it no more than AVX2. */
class Bfloat16Test {

    @BeforeAll
    static void wake() {
        Kernels.wake();
    }

    @ParameterizedTest
    @CsvSource({
        "avx2, AVX2",
        "avx2_vnni_2, AVX2_VNNI_2",
        "avx512_core, AVX512_CORE",
        "avx512_core_vnni, AVX512_CORE_VNNI"
    })
    void needsInstructionsOfItsOwn(dnnl.cpu_isa instructions, String name) {
        assertThatThrownBy(() -> Bfloat16.require(instructions.value, null))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot use device.precision = bf16: oneDNN's instruction set here is " + name
                        + ", and bf16 begins with AVX512_CORE_BF16. Set device.precision = float32, or use processors"
                        + " with AVX-512 BF16 or AMX.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"avx512_core_bf16", "avx512_core_fp16", "avx512_core_amx", "avx10_2_512"})
    void isInWhatHasMore(dnnl.cpu_isa instructions) {
        assertThatCode(() -> Bfloat16.require(instructions.value, null)).doesNotThrowAnyException();
    }

    /** oneDNN knows none of another kind of processor. */
    @Test
    void isNotInWhatOneDnnDoesNotKnow() {
        assertThatThrownBy(() -> Bfloat16.require(dnnl.dnnl_cpu_isa_default, null))
                .hasMessageContaining("oneDNN's instruction set here is ISA_DEFAULT, and");
    }

    /** The build runs these tests a second time so. */
    @ParameterizedTest
    @ValueSource(strings = {Engines.AUTO, Engines.ONEDNN})
    @EnabledIfEnvironmentVariable(named = "ONEDNN_MAX_CPU_ISA", matches = "AVX2")
    void isRefusedOnAvx2(String engine) {
        String refusal = "Cannot use device.precision = bf16: oneDNN's instruction set here is AVX2, with"
                + " ONEDNN_MAX_CPU_ISA=AVX2, and bf16 begins with AVX512_CORE_BF16. Set device.precision = float32, or use"
                + " processors with AVX-512 BF16 or AMX, without ONEDNN_MAX_CPU_ISA in the environment.";
        DeviceConfig device =
                new DeviceConfig(Backend.CPU, Optional.empty(), engine, false, Precision.BF16, Averaging.RING);
        Network network = Network.of(TestNetworks.named("all-convolutional", 1));

        assertThatThrownBy(() -> RequiredBackend.wake(device))
                .isInstanceOf(UserException.class)
                .hasMessage(refusal);
        assertThatThrownBy(() -> Engines.open(network, ImageShape.MNIST, KernelOptions.of(device, 1)))
                .isInstanceOf(UserException.class)
                .hasMessage(refusal);
    }
}
