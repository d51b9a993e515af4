package io.github.sparkcnn.predict;

import io.github.sparkcnn.io.Sha256;
import io.github.sparkcnn.onnx.OnnxModel;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The models that this JVM has open, by content; they stay open as long as it lives. */
final class OnnxModels {
    /** Mutable and static, because tasks of one executor share nothing else. */
    private static final Map<String, OnnxModel> OPEN = new ConcurrentHashMap<>();

    private OnnxModels() {}

    static OnnxModel shared(byte[] model) {
        return OPEN.computeIfAbsent(Sha256.of(model), hash -> OnnxModel.open(model, threads()));
    }

    /** As many as every other kernel here gets: one per task unless OMP_NUM_THREADS says more. */
    private static int threads() {
        return Optional.ofNullable(System.getenv("OMP_NUM_THREADS"))
                .map(Integer::parseInt)
                .orElse(1);
    }
}
