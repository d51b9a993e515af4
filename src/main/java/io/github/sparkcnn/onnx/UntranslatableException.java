package io.github.sparkcnn.onnx;

/** A setting that has no translation; the message says which, {@link OnnxExport} adds where. */
final class UntranslatableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UntranslatableException(String what) {
        super(what);
    }

    static void require(boolean translatable, String what) {
        if (!translatable) {
            throw new UntranslatableException(what);
        }
    }
}
