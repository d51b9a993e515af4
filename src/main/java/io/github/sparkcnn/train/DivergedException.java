package io.github.sparkcnn.train;

/** The loss or the parameters are no longer numbers; says where it was noticed. */
final class DivergedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DivergedException(String message) {
        super(message);
    }
}
