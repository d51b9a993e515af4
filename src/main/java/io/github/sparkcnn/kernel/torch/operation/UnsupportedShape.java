package io.github.sparkcnn.kernel.torch.operation;

/** Values of a shape that an operation has no meaning for. */
public final class UnsupportedShape extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The reason is such as {@code maps of rows are dropped}. */
    UnsupportedShape(String reason) {
        super(reason);
    }
}
