package io.github.sparkcnn.allreduce.rendezvous;

import io.github.sparkcnn.allreduce.transport.Address;
import io.github.sparkcnn.allreduce.transport.Ring;
import io.github.sparkcnn.allreduce.transport.RunAttempt;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Where the workers of one attempt wait for each other. Not thread-safe.
 */
final class Rendezvous {
    private static final int MOST_WORKERS = 1 << 16;

    private final RunAttempt run;
    private final Address[] workers;
    private final CompletableFuture<Ring> complete = new CompletableFuture<>();

    /** Why a worker gets no seat. */
    static final class RefusedException extends CompletionException {
        private static final long serialVersionUID = 1L;

        RefusedException(String reason) {
            super(reason);
        }
    }

    Rendezvous(RunAttempt run, int size) {
        if (size < 0 || size > MOST_WORKERS) { // the first to come says it
            throw new IllegalArgumentException("a run of " + size + " workers");
        }
        this.run = run;
        this.workers = new Address[size];
    }

    RunAttempt run() {
        return run;
    }

    /**
     * Takes a worker in, or one that asks again for what it waits for.
     *
     * @return what all wait for; fails with a {@link RefusedException} for this worker, or for all of them
     */
    CompletableFuture<Ring> join(int rank, int size, Address address, LongSupplier token) {
        if (size != workers.length || rank < 0 || rank >= size) {
            return refused("worker " + rank + " of " + size + " came to a run of " + workers.length + " workers");
        }
        if (workers[rank] != null && !workers[rank].equals(address)) {
            return refused("worker " + rank + " of " + run + " has already come, from " + workers[rank]);
        }
        workers[rank] = address;
        if (!complete.isDone() && Stream.of(workers).allMatch(Objects::nonNull)) {
            complete.complete(new Ring(token.getAsLong(), List.of(workers)));
        }
        return complete;
    }

    static CompletableFuture<Ring> refused(String reason) {
        return CompletableFuture.failedFuture(new RefusedException(reason));
    }

    /** Sends those away who are still waiting, and who comes later. */
    void end(String reason) {
        complete.completeExceptionally(new RefusedException(reason));
    }

    /** What keeps the others waiting, for a message. */
    String missing() {
        List<Integer> missing = new ArrayList<>();
        for (int rank = 0; rank < workers.length; rank++) {
            if (workers[rank] == null) {
                missing.add(rank);
            }
        }
        return "of " + workers.length + " workers these have not come: " + missing;
    }
}
