package io.github.sparkcnn.allreduce;

/** A worker died, stalled, failed or sent nonsense: the run cannot go on in this attempt. Every other worker gets the same. */
public final class WorkerLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int rank;
    private final String host;
    private final String reason;

    public WorkerLostException(int rank, String host, String reason) {
        super("Worker " + rank + " (" + host + ") is lost: " + reason);
        this.rank = rank;
        this.host = host;
        this.reason = reason;
    }

    /** The rank of the lost worker. */
    public int rank() {
        return rank;
    }

    /** The address of the lost worker. */
    public String host() {
        return host;
    }

    /** What happened to it, as far as the others know. */
    public String reason() {
        return reason;
    }
}
