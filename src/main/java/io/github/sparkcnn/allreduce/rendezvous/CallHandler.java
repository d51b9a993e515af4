package io.github.sparkcnn.allreduce.rendezvous;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/** What the driver does when a worker calls it. Calls are handled one after the other; their answers may come later. */
public interface CallHandler {

    /**
     * Answers a call; an exception, thrown or in the future, reaches the caller as a {@link DriverCallException} with its message.
     *
     * @param type of the call, as agreed between caller and handler
     * @param payload up to 2 GB less a little
     * @return the answer, likewise; it has to come within {@code spark.network.timeout}
     */
    CompletableFuture<ByteBuffer> handle(Caller caller, String type, ByteBuffer payload);

    /**
     * Who calls.
     *
     * @param attempt of the barrier stage; by the time that a call is handled a later one may have begun
     * @param rank of the worker
     */
    record Caller(int attempt, int rank) {}
}
