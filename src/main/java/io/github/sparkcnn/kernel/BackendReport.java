package io.github.sparkcnn.kernel;

import io.github.sparkcnn.config.DeviceConfig.Precision;
import io.github.sparkcnn.device.DeviceAssignment.Assigned;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What computes here, for the start-up line and the manifest.
 *
 * @param backend {@code CPU} or {@code CUDA}
 * @param device that libtorch computes on, where it does, by its name: {@code cpu}, {@code cuda:0}
 * @param natives build of ND4J's natives, such as {@code avx512}, or libtorch and its version
 * @param kernels what convolutions run on where a network allows it
 * @param oneDnn version of oneDNN called directly; empty if it is not
 * @param processors that the JVM sees
 * @param shortfall why fewer native kernels than expected are in use; empty if none is missing
 * @param notes what else is not as usual, such as {@code products in bf16}
 */
public record BackendReport(
        String backend,
        String device,
        String natives,
        KernelKind kernels,
        String oneDnn,
        int processors,
        String shortfall,
        List<String> notes)
        implements Serializable {

    static final String CUDA = "CUDA";

    private static final String PROCESSOR = "cpu";

    /** What convolutions run on. */
    public enum KernelKind {
        /** oneDNN, called directly; DL4J's layers, where they run, over oneDNN too. */
        ONEDNN,
        /** DL4J's layers over their oneDNN or cuDNN helpers. */
        HELPERS,
        /** DL4J's layers without helpers. */
        PLAIN,
        /** libtorch's operations. */
        TORCH
    }

    public BackendReport {
        notes = List.copyOf(notes);
    }

    /** Of a processor, or of ND4J on a GPU, of which there is nothing else to say. */
    public BackendReport(
            String backend, String natives, KernelKind kernels, String oneDnn, int processors, String shortfall) {
        this(backend, PROCESSOR, natives, kernels, oneDnn, processors, shortfall, List.of());
    }

    /** Whether a GPU computes; of a machine, whether ND4J does so on one. */
    public boolean isCuda() {
        return backend.equals(CUDA);
    }

    /** What computes where DL4J's layers run a network, for {@code reason} instead of oneDNN called directly. */
    BackendReport ofLayers(String reason) {
        KernelKind helpers = shortfall.isEmpty() ? KernelKind.HELPERS : KernelKind.PLAIN;
        return new BackendReport(
                backend,
                device,
                natives,
                kernels == KernelKind.ONEDNN ? helpers : kernels,
                "",
                processors,
                reason,
                notes);
    }

    /** The same machine, of whose processor nothing is asked but to serve a GPU. */
    BackendReport serving(Assigned gpu) {
        return new BackendReport(backend, gpu.name(), natives, kernels, oneDnn, processors, shortfall, notes)
                .noting(gpu.device().toString());
    }

    /** What computes where libtorch of this version runs a network. */
    public BackendReport ofTorch(String version) {
        return new BackendReport(
                device.equals(PROCESSOR) ? backend : CUDA,
                device,
                ("libtorch " + version).strip(),
                KernelKind.TORCH,
                "",
                processors,
                "",
                notes);
    }

    /** The same with one more thing to say. */
    public BackendReport noting(String note) {
        return new BackendReport(
                backend,
                device,
                natives,
                kernels,
                oneDnn,
                processors,
                shortfall,
                Stream.concat(notes.stream(), Stream.of(note)).toList());
    }

    /** The same, saying in which numbers layers multiply where these have fewer than 32 bits. */
    public BackendReport multiplyingIn(Precision precision) {
        return precision == Precision.FLOAT32 ? this : noting("products in " + precision.word());
    }

    /** The warning that {@code who} computes on less than it should; empty if nothing is missing. */
    public Optional<String> warning(String who) {
        return shortfall.isEmpty()
                ? Optional.empty()
                : Optional.of("Warning: " + who + " does not call oneDNN directly: " + shortfall
                        + "; Deeplearning4j's layers run instead");
    }

    @Override
    public String toString() {
        return backend + " (" + natives + " natives), kernels "
                + kernels.name().toLowerCase(Locale.ROOT)
                + (oneDnn.isEmpty() ? "" : " " + oneDnn)
                + ", " + processors + " processors"
                + (shortfall.isEmpty() ? "" : "; " + shortfall)
                + notes.stream().map(note -> "; " + note).collect(Collectors.joining());
    }
}
