package io.github.sparkcnn.allreduce.rendezvous;

import io.github.sparkcnn.allreduce.transport.Address;
import io.github.sparkcnn.allreduce.transport.Ring;
import io.github.sparkcnn.allreduce.transport.RunAttempt;
import io.github.sparkcnn.allreduce.transport.Transport;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The driver's end of a run: introduces the workers to each other and answers their calls. Each attempt of the barrier stage
 * is a new round of introductions; who comes from an earlier attempt, or from another run, is refused.
 */
public final class Coordinator implements AutoCloseable {
    /** Of {@link Transport#timeout}: one worker has its share at hand, another has to fetch and to write it first. */
    private static final int TIMEOUTS_TO_COME = 10;

    private static final String ENDED = "the driver has ended the run";

    private final String runId;
    private final Transport transport;
    private final Duration patience;
    private final CallHandler calls;
    private final SecureRandom random = new SecureRandom();
    private final ScheduledExecutorService clock = daemon("allreduce-rendezvous");
    private final ScheduledExecutorService worker = daemon("allreduce-calls");
    private final Transport.Endpoint endpoint;
    private Rendezvous rendezvous;
    private Future<?> expiry = CompletableFuture.completedFuture(null);
    private boolean ended;

    private Coordinator(Transport transport, String runId, CallHandler calls, Duration patience) {
        this.transport = transport;
        this.patience = patience;
        this.runId = runId;
        this.calls = calls;
        this.rendezvous = new Rendezvous(new RunAttempt(runId, -1), 0);
        this.endpoint = transport.open(new CoordinatorHandler(this));
    }

    /** Listens on the driver until it is closed. */
    public static Coordinator start(Transport transport, String runId, CallHandler calls) {
        return start(transport, runId, calls, transport.timeout().multipliedBy(TIMEOUTS_TO_COME));
    }

    /**
     * The same.
     *
     * @param patience how long the workers of an attempt wait for the last of them
     */
    public static Coordinator start(Transport transport, String runId, CallHandler calls, Duration patience) {
        return new Coordinator(transport, runId, calls, patience);
    }

    /** What workers need to find this coordinator. */
    public Address address() {
        return new Address(transport.host(), endpoint.port());
    }

    /** Stops listening; workers that still wait are sent away. Closing twice is harmless. */
    @Override
    public void close() {
        synchronized (this) {
            ended = true;
            rendezvous.end(ENDED);
        }
        endpoint.close();
        clock.shutdownNow();
        worker.shutdownNow();
    }

    /** Whether it is an attempt of this run, whose id nobody else can know. */
    boolean isOfRun(RunAttempt run) {
        return run.id().equals(runId);
    }

    /** What all workers of the attempt wait for; fails with why this one gets no seat. */
    synchronized CompletableFuture<Ring> join(RunAttempt run, int rank, int size, Address address) {
        if (!isOfRun(run) || run.attempt() < rendezvous.run().attempt()) {
            return Rendezvous.refused(stranger(run));
        }
        if (ended) {
            return Rendezvous.refused(ENDED);
        }
        if (run.attempt() > rendezvous.run().attempt()) {
            rendezvous.end("a later attempt has begun: " + run);
            Rendezvous current = new Rendezvous(run, size);
            rendezvous = current;
            expiry.cancel(false);
            expiry = clock.schedule(() -> expire(current), patience.toMillis(), TimeUnit.MILLISECONDS);
        }
        return rendezvous.join(rank, size, address, random::nextLong);
    }

    /** Has the driver's thread for calls handle it, unless its attempt or the run is over: that is told {@code failed}. */
    synchronized void call(
            RunAttempt run,
            int rank,
            String type,
            ByteBuffer payload,
            Consumer<ByteBuffer> done,
            Consumer<String> failed) {
        if (ended || !run.equals(rendezvous.run())) {
            failed.accept(ended ? ENDED : stranger(run));
            return;
        }
        worker.execute(() -> handle(new CallHandler.Caller(run.attempt(), rank), type, payload)
                .whenComplete((answer, failure) -> {
                    if (failure == null) {
                        done.accept(answer);
                    } else {
                        failed.accept(failure.toString());
                    }
                }));
    }

    private CompletionStage<ByteBuffer> handle(CallHandler.Caller caller, String type, ByteBuffer payload) {
        try {
            return calls.handle(caller, type, payload);
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private synchronized void expire(Rendezvous expired) {
        expired.end(expired.missing() + " within " + patience.toMillis() + " ms");
    }

    private String stranger(RunAttempt run) {
        return run + " is not " + (rendezvous.run().attempt() < 0 ? runId : rendezvous.run());
    }

    private static ScheduledExecutorService daemon(String name) {
        return Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }
}
