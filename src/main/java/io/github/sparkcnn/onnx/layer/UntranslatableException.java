package io.github.sparkcnn.onnx.layer;

import io.github.sparkcnn.onnx.OnnxExport;

/** A setting that has no translation; the message says which, {@link OnnxExport} adds where. */
public final class UntranslatableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UntranslatableException(String what) {
        super(what);
    }

    public static void require(boolean translatable, String what) {
        if (!translatable) {
            throw new UntranslatableException(what);
        }
    }
}
