package io.github.sparkcnn.allreduce.rendezvous;

/** The driver refused a worker, failed to answer it in time, or cannot be reached. */
public final class DriverCallException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DriverCallException(String message, Throwable cause) {
        super(message, cause);
    }
}
