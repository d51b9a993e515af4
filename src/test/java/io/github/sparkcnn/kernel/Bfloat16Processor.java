package io.github.sparkcnn.kernel;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.DeviceConfig.Precision;
import org.junit.jupiter.api.Assumptions;

/** The processor of the tests, which may not multiply bf16. */
public final class Bfloat16Processor {

    private Bfloat16Processor() {}

    /** Skips the test, saying why, where it does not. */
    public static void assume() {
        Kernels.wake();
        try {
            Bfloat16.requireWhereAskedFor(Precision.BF16);
        } catch (UserException e) {
            Assumptions.abort("BF16 IS NOT TESTED: " + e.getMessage());
        }
    }
}
