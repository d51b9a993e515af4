package io.github.sparkcnn.device;

import io.github.sparkcnn.UserException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Asks NVIDIA's own tool, which needs no CUDA in this process. */
public final class NvidiaSmi implements DeviceProbe {
    private static final int TIMEOUT_SECONDS = 30;

    /** {@code GPU 0: NVIDIA A100-SXM4-40GB (UUID: GPU-…)}. */
    private static final Pattern GPU = Pattern.compile("GPU \\d+: .*\\(UUID: (\\S+)\\)\\s*");

    /** {@code   MIG 3g.20gb     Device  0: (UUID: MIG-…)}. */
    private static final Pattern SLICE =
            Pattern.compile("\\s+MIG (\\S+)\\s+Device\\s+\\d+: \\(UUID: (MIG-\\S+)\\)\\s*");

    private final String command;

    public NvidiaSmi() {
        this("nvidia-smi");
    }

    NvidiaSmi(String command) {
        this.command = command;
    }

    @Override
    public List<Device> devices() {
        List<Device> gpus =
                parse(said("--query-gpu=index,uuid,name,compute_cap,driver_version", "--format=csv,noheader"));
        return gpus.isEmpty() ? gpus : sliced(gpus, said("-L"));
    }

    /** Nothing where it is missing or fails. */
    private String said(String... words) {
        ProcessBuilder builder = new ProcessBuilder(
                Stream.concat(Stream.of(command), Stream.of(words)).toList());
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return ""; // not installed: no driver, no GPU
        }
        try {
            // A line a GPU fits into the pipe.
            boolean ended = process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            return ended && process.exitValue() == 0
                    ? new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    : "";
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        } finally {
            process.destroyForcibly();
        }
    }

    /**
     * Puts in the place of each GPU that is cut by MIG its slices: CUDA computes on those alone then.
     *
     * @param listing what {@code nvidia-smi -L} says: a line a GPU, and below it a line a slice
     */
    static List<Device> sliced(List<Device> gpus, String listing) {
        Map<String, List<Slice>> slices = slices(listing);
        return gpus.stream()
                .flatMap(gpu -> slices.containsKey(gpu.uuid())
                        ? slices.get(gpu.uuid()).stream().map(slice -> gpu.slice(slice.profile, slice.uuid))
                        : Stream.of(gpu))
                .toList();
    }

    private record Slice(String profile, String uuid) {}

    /** By the UUIDs of their GPUs. */
    private static Map<String, List<Slice>> slices(String listing) {
        Map<String, List<Slice>> slices = new HashMap<>();
        String gpu = "";
        for (String line : listing.lines().toList()) {
            Matcher whole = GPU.matcher(line);
            Matcher slice = SLICE.matcher(line);
            if (whole.matches()) {
                gpu = whole.group(1);
            } else if (slice.matches()) {
                slices.computeIfAbsent(gpu, uuid -> new ArrayList<>()).add(new Slice(slice.group(1), slice.group(2)));
            }
        }
        return slices;
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
