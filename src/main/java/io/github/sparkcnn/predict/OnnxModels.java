package io.github.sparkcnn.predict;

import io.github.sparkcnn.onnx.OnnxModel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The models that this JVM has open, by content; they stay open as long as it lives. */
final class OnnxModels {
    /** Mutable and static, because tasks of one executor share nothing else. */
    private static final Map<String, OnnxModel> OPEN = new ConcurrentHashMap<>();

    private OnnxModels() {}

    static OnnxModel shared(byte[] model) {
        return OPEN.computeIfAbsent(sha256(model), hash -> OnnxModel.open(model, threads()));
    }

    /** As many as every other kernel here gets: one per task unless OMP_NUM_THREADS says more. */
    private static int threads() {
        return Optional.ofNullable(System.getenv("OMP_NUM_THREADS"))
                .map(Integer::parseInt)
                .orElse(1);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
