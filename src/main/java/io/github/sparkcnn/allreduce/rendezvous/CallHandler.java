package io.github.sparkcnn.allreduce.rendezvous;

import java.nio.ByteBuffer;

/** What the driver does when a worker calls it. Calls are handled one after the other. */
public interface CallHandler {

    /**
     * Answers a call; an exception reaches the caller as a {@link DriverCallException} with its message.
     *
     * @param rank of the worker that calls
     * @param type of the call, as agreed between caller and handler
     * @param payload up to 2 GB less a little
     * @return the answer, likewise
     */
    ByteBuffer handle(int rank, String type, ByteBuffer payload);
}
