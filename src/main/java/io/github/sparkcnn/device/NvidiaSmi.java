package io.github.sparkcnn.device;

import io.github.sparkcnn.UserException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Asks NVIDIA's own tool, which needs no CUDA in this process. */
public final class NvidiaSmi implements DeviceProbe {
    private static final int TIMEOUT_SECONDS = 30;

    private final String command;

    public NvidiaSmi() {
        this("nvidia-smi");
    }

    NvidiaSmi(String command) {
        this.command = command;
    }

    @Override
    public List<Device> devices() {
        ProcessBuilder builder = new ProcessBuilder(
                command, "--query-gpu=index,uuid,name,compute_cap,driver_version", "--format=csv,noheader");
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return List.of(); // not installed: no driver, no GPU
        }
        try {
            // A line a GPU fits into the pipe.
            boolean ended = process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            return ended && process.exitValue() == 0
                    ? parse(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    : List.of();
        } catch (IOException e) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } finally {
            process.destroyForcibly();
        }
    }

    static List<Device> parse(String csv) {
        return csv.lines()
                .filter(line -> !line.isBlank())
                .map(NvidiaSmi::device)
                .toList();
    }

    private static Device device(String line) {
        try {
            return Device.parse(line);
        } catch (IllegalArgumentException e) {
            throw new UserException("use the GPUs", "nvidia-smi says \"" + line + "\" of one", "Update its driver");
        }
    }
}
