package io.github.sparkcnn.kernel;

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
 * @param natives build of ND4J's natives, such as {@code avx512}, or libtorch and its version
 * @param kernels what convolutions run on where a network allows it
 * @param oneDnn version of oneDNN called directly; empty if it is not
 * @param processors that the JVM sees
 * @param shortfall why fewer native kernels than expected are in use; empty if none is missing
 * @param notes what else is not as usual, such as {@code products in bf16}
 */
public record BackendReport(
        String backend,
        String natives,
        KernelKind kernels,
        String oneDnn,
        int processors,
        String shortfall,
        List<String> notes)
        implements Serializable {

    static final String CUDA = "CUDA";

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

    /** Of what there is nothing else to say. */
    public BackendReport(
            String backend, String natives, KernelKind kernels, String oneDnn, int processors, String shortfall) {
        this(backend, natives, kernels, oneDnn, processors, shortfall, List.of());
    }

    /** Whether ND4J computes on a GPU. */
    public boolean isCuda() {
        return backend.equals(CUDA);
    }

    /** What computes where DL4J's layers run a network, for {@code reason} instead of oneDNN called directly. */
    BackendReport ofLayers(String reason) {
        KernelKind helpers = shortfall.isEmpty() ? KernelKind.HELPERS : KernelKind.PLAIN;
        return new BackendReport(
                backend, natives, kernels == KernelKind.ONEDNN ? helpers : kernels, "", processors, reason);
    }

    /** What computes where libtorch of this version runs a network. */
    public BackendReport ofTorch(String version) {
        return new BackendReport(backend, "libtorch " + version, KernelKind.TORCH, "", processors, "");
    }

    /** The same with one more thing to say. */
    public BackendReport noting(String note) {
        return new BackendReport(
                backend,
                natives,
                kernels,
                oneDnn,
                processors,
                shortfall,
                Stream.concat(notes.stream(), Stream.of(note)).toList());
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
