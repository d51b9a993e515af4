package io.github.sparkcnn.allreduce.rendezvous;

import io.github.sparkcnn.allreduce.transport.Address;
import io.github.sparkcnn.allreduce.transport.Ring;
import io.github.sparkcnn.allreduce.transport.RunAttempt;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Where the workers of one attempt wait for each other. Not thread-safe.
 */
final class Rendezvous {
    private static final int MOST_WORKERS = 1 << 16;

    private final RunAttempt run;
    private final Address[] workers;
    private final List<Waiting> waiting = new ArrayList<>();

    private record Waiting(Consumer<Ring> arrived, Consumer<String> refused) {}

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

    /** One of the two is called: {@code arrived} when all have come, {@code refused} with the reason otherwise. */
    void join(
            int rank, int size, Address address, LongSupplier token, Consumer<Ring> arrived, Consumer<String> refused) {
        if (size != workers.length || rank < 0 || rank >= size) {
            refused.accept("worker " + rank + " of " + size + " came to a run of " + workers.length + " workers");
        } else if (workers[rank] != null) {
            refused.accept("worker " + rank + " of " + run + " has already come, from " + workers[rank]);
        } else {
            workers[rank] = address;
            waiting.add(new Waiting(arrived, refused));
            if (waiting.size() == workers.length) {
                Ring ring = new Ring(token.getAsLong(), List.of(workers));
                waiting.forEach(w -> w.arrived.accept(ring));
                waiting.clear();
            }
        }
    }

    /** Sends those away who are still waiting. */
    void end(String reason) {
        waiting.forEach(w -> w.refused.accept(reason));
        waiting.clear();
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
