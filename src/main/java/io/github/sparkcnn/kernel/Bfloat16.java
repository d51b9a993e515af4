package io.github.sparkcnn.kernel;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.DeviceConfig.Precision;
import java.util.Locale;
import org.bytedeco.dnnl.global.dnnl;

/** Whether the processor multiplies bf16 for oneDNN, which would imitate that by float32, slower, where it does not. */
public final class Bfloat16 {
    /** Has AVX-512 with BF16; what has AMX has that too. As everywhere in oneDNN's sets, a bit stands for each extension. */
    private static final int LEAST = dnnl.dnnl_cpu_isa_avx512_core_bf16;

    private Bfloat16() {}

    /**
     * Refuses bf16 where the processor does not multiply it. oneDNN has to be there.
     *
     * @throws UserException naming the instruction set that oneDNN uses
     */
    public static void requireWhereAskedFor(Precision precision) {
        if (precision == Precision.BF16) {
            require(dnnl.dnnl_get_effective_cpu_isa(), System.getenv("ONEDNN_MAX_CPU_ISA"));
        }
    }

    /** @param limit that the environment sets; null for none */
    static void require(int instructions, String limit) {
        if ((instructions & LEAST) != LEAST) {
            throw new UserException(
                    "use device.precision = " + Precision.BF16.word(),
                    "oneDNN's instruction set here is " + word(instructions)
                            + (limit == null ? "" : ", with ONEDNN_MAX_CPU_ISA=" + limit) + ", and bf16 begins with "
                            + word(LEAST),
                    "Set device.precision = float32, or use processors with AVX-512 BF16 or AMX"
                            + (limit == null ? "" : ", without ONEDNN_MAX_CPU_ISA in the environment"));
        }
    }

    /** As ONEDNN_MAX_CPU_ISA and oneDNN's own log name it. */
    private static String word(int instructions) {
        for (dnnl.cpu_isa known : dnnl.cpu_isa.values()) {
            if (known.value == instructions) {
                return known.name().toUpperCase(Locale.ROOT);
            }
        }
        return Integer.toHexString(instructions);
    }
}
