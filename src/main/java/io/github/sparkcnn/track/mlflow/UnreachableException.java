package io.github.sparkcnn.track.mlflow;

import java.io.IOException;

/** Artifacts cannot be written from here. */
final class UnreachableException extends IOException {

    private static final long serialVersionUID = 1L;

    UnreachableException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
