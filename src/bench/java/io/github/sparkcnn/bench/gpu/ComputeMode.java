package io.github.sparkcnn.bench.gpu;

import io.github.sparkcnn.device.Device;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * How many processes a GPU takes at a time.
 *
 * @param nvidiaSmi the command that says so
 */
record ComputeMode(String nvidiaSmi) {

    /** Whether it takes one; no, where that cannot be found out. */
    boolean isExclusive(Device gpu) {
        try {
            Process process = new ProcessBuilder(nvidiaSmi, "--query-gpu=index,compute_mode", "--format=csv,noheader")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String modes = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return modes.lines()
                    .map(line -> line.toLowerCase(Locale.ROOT).replace(" ", ""))
                    .anyMatch((gpu.index() + ",exclusive_process")::equals);
        } catch (IOException e) {
            return false;
        }
    }
}
