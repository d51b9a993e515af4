package io.github.sparkcnn.predict;

import io.github.sparkcnn.io.Sha256;
import io.github.sparkcnn.onnx.OnnxModel;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The models that this JVM has open, by content; they stay open as long as it lives. */
final class OnnxModelCache {
    /** Mutable and static, because tasks of one executor share nothing else. */
    private static final Map<String, OnnxModel> OPEN = new ConcurrentHashMap<>();

    private OnnxModelCache() {}

    /** The model on so many threads, where it is not open yet; 0 for {@link #defaultThreads}. */
    static OnnxModel shared(byte[] model, int threads) {
        return OPEN.computeIfAbsent(
                Sha256.of(model), hash -> OnnxModel.open(model, threads > 0 ? threads : defaultThreads()));
    }

    /** As many as every other kernel here gets: one per task unless OMP_NUM_THREADS says more. */
    private static int defaultThreads() {
        return Optional.ofNullable(System.getenv("OMP_NUM_THREADS"))
                .map(Integer::parseInt)
                .orElse(1);
    }
}
