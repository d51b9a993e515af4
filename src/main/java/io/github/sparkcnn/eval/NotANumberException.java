package io.github.sparkcnn.eval;

/** A network predicts NaN: its parameters have diverged. */
public final class NotANumberException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    NotANumberException(String message) {
        super(message);
    }
}
