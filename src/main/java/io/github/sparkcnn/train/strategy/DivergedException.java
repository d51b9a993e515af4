package io.github.sparkcnn.train.strategy;

/** The loss or the parameters are no longer numbers; says where it was noticed. */
public final class DivergedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DivergedException(String message) {
        super(message);
    }
}
