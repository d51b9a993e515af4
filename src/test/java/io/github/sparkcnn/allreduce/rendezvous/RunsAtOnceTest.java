package io.github.sparkcnn.allreduce.rendezvous;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.allreduce.Communicator;
import io.github.sparkcnn.allreduce.Contribution;
import io.github.sparkcnn.allreduce.FloatVector;
import io.github.sparkcnn.allreduce.Vectors;
import io.github.sparkcnn.allreduce.ring.LocalRing;
import io.github.sparkcnn.allreduce.transport.RunAttempt;
import io.github.sparkcnn.allreduce.transport.Transport;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Trainings at the same time in one process, as of a search with {@code --parallel}: the same ranks, attempts and kinds of calls. */
class RunsAtOnceTest {

    private static final int RUNS = 2;
    private static final int WORKERS = 2;
    private static final int ROUNDS = 30;

    private final Transport transport = LocalRing.plain(Duration.ofSeconds(20));
    private final CyclicBarrier together = new CyclicBarrier(RUNS * WORKERS);

    @Test
    void eachHearsOfItsOwnWorkersAlone() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        List<Queue<String>> heard = new ArrayList<>();
        List<Coordinator> coordinators = new ArrayList<>();
        try {
            List<Future<?>> workers = new ArrayList<>();
            for (int run = 0; run < RUNS; run++) {
                int own = run;
                Queue<String> calls = new ConcurrentLinkedQueue<>();
                heard.add(calls);
                coordinators.add(Coordinator.start(transport, "run " + run, (caller, type, payload) -> {
                    calls.add(caller.rank() + " " + UTF_8.decode(payload));
                    return CompletableFuture.completedFuture(ByteBuffer.wrap(("to run " + own).getBytes(UTF_8)));
                }));
                for (int rank = 0; rank < WORKERS; rank++) {
                    int place = rank;
                    workers.add(threads.submit(() -> work(coordinators.get(own), own, place)));
                }
            }
            for (Future<?> worker : workers) {
                worker.get(60, TimeUnit.SECONDS);
            }
        } finally {
            coordinators.forEach(Coordinator::close);
            threads.shutdownNow();
        }
        for (int run = 0; run < RUNS; run++) {
            assertThat(heard.get(run)).hasSize(WORKERS * ROUNDS).containsOnly("0 of run " + run, "1 of run " + run);
        }
    }

    /** The mean of 10 · run and 10 · run + 1. */
    private Void work(Coordinator coordinator, int run, int rank) throws Exception {
        RunAttempt attempt = new RunAttempt("run " + run, 0);
        try (DriverLink driver = DriverLink.connect(transport, coordinator.address(), attempt, rank);
                Communicator workers = driver.join(WORKERS)) {
            for (int round = 0; round < ROUNDS; round++) {
                together.await(30, TimeUnit.SECONDS);
                ByteBuffer vector = Vectors.direct(new float[] {10 * run + rank});
                workers.average(FloatVector.of(vector), new Contribution(1));
                assertThat(Vectors.floats(vector)).containsExactly(10 * run + 0.5f);
                ByteBuffer answer = driver.call("the same", ByteBuffer.wrap(("of run " + run).getBytes(UTF_8)));
                assertThat(UTF_8.decode(answer).toString()).isEqualTo("to run " + run);
            }
        }
        return null;
    }
}
