package io.github.sparkcnn.allreduce.rendezvous;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.allreduce.Communicator;
import io.github.sparkcnn.allreduce.transport.Address;
import io.github.sparkcnn.allreduce.transport.Ring;
import io.github.sparkcnn.allreduce.transport.RunAttempt;
import io.github.sparkcnn.allreduce.transport.Transport;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

/** Workers that wait for one that comes late. */
class RendezvousTest {
    private static final RunAttempt RUN = new RunAttempt("run-1", 0);
    private static final Address HERE = new Address("host", 1);
    private static final Address THERE = new Address("host", 2);
    private static final CallHandler NONE =
            (caller, type, payload) -> CompletableFuture.completedFuture(ByteBuffer.allocate(0));

    private final Rendezvous rendezvous = new Rendezvous(RUN, 2);

    @Test
    void whoAsksAgainWaitsForTheSame() {
        CompletableFuture<Ring> first = rendezvous.join(0, 2, HERE, () -> 7);
        assertThat(rendezvous.join(0, 2, HERE, () -> 8)).isNotDone();
        assertThat(rendezvous.missing()).isEqualTo("of 2 workers these have not come: [1]");

        Ring ring = rendezvous.join(1, 2, THERE, () -> 9).join();

        assertThat(ring).isEqualTo(new Ring(9, List.of(HERE, THERE)));
        assertThat(first).isCompletedWithValue(ring);
        assertThat(rendezvous.join(0, 2, HERE, () -> 10)).isCompletedWithValue(ring);
    }

    @Test
    void anotherOfTheSameRankIsRefused() {
        CompletableFuture<Ring> first = rendezvous.join(0, 2, HERE, () -> 7);

        assertThat(rendezvous.join(0, 2, THERE, () -> 8)).isCompletedExceptionally();
        assertThatThrownBy(() -> rendezvous.join(0, 2, THERE, () -> 8).join())
                .hasMessage("worker 0 of run-1 attempt 0 has already come, from host:1");
        assertThatThrownBy(() -> rendezvous.join(1, 3, THERE, () -> 8).join())
                .hasMessage("worker 1 of 3 came to a run of 2 workers");
        assertThat(first).isNotDone();
    }

    @Test
    void whoComesWhenTheOthersHaveBeenSentAwayIsToo() {
        CompletableFuture<Ring> first = rendezvous.join(0, 2, HERE, () -> 7);

        rendezvous.end("too late");

        assertThatThrownBy(first::join).hasMessage("too late");
        assertThatThrownBy(() -> rendezvous.join(1, 2, THERE, () -> 8).join()).hasMessage("too late");
    }

    @Test
    void whoIsHeardWhenTheDriverHasEndedTheRunIsToldSo() {
        Coordinator coordinator = Coordinator.start(
                transport(new SparkConf(false), Duration.ofSeconds(20)), RUN.id(), (caller, type, payload) -> {
                    throw new IllegalStateException("called");
                });
        assertThat(coordinator.join(RUN, 0, 1, HERE)).isCompleted();
        coordinator.close();

        List<String> reasons = new ArrayList<>();
        coordinator.call(RUN, 0, "epoch", ByteBuffer.allocate(0), done -> reasons.add("done"), reasons::add);
        assertThat(reasons).containsExactly("the driver has ended the run");
        RunAttempt next = new RunAttempt(RUN.id(), RUN.attempt() + 1);
        assertThatThrownBy(() -> coordinator.join(next, 0, 1, HERE).join()).hasMessage("the driver has ended the run");
    }

    /** It has a share to fetch and to write before it comes; Spark closes a connection on which nothing is said for so long. */
    @Test
    void theOthersWaitLongerThanSparkLetsAConnectionBeQuiet() throws Exception {
        SparkConf conf = new SparkConf(false).set("spark.allreduce.io.connectionTimeout", "3s");
        Transport transport = transport(conf, Duration.ofSeconds(20));
        try (Coordinator coordinator = Coordinator.start(transport, RUN.id(), NONE)) {
            CompletableFuture<Integer> early = CompletableFuture.supplyAsync(() -> size(transport, coordinator, 0));
            TimeUnit.MILLISECONDS.sleep(4_500);
            assertThat(early).isNotDone();

            CompletableFuture<Integer> late = CompletableFuture.supplyAsync(() -> size(transport, coordinator, 1));

            assertThat(early.get(20, TimeUnit.SECONDS)).isEqualTo(2);
            assertThat(late.get(20, TimeUnit.SECONDS)).isEqualTo(2);
        }
    }

    @Test
    void theOthersWaitLongerThanForOneWithoutProgress() throws Exception {
        Transport transport = transport(new SparkConf(false), Duration.ofMillis(500));
        CompletableFuture<Integer> early;
        try (Coordinator coordinator = Coordinator.start(transport, RUN.id(), NONE)) {
            early = CompletableFuture.supplyAsync(() -> size(transport, coordinator, 0));
            TimeUnit.MILLISECONDS.sleep(1_500);
            assertThat(early).isNotDone();
        }
        assertThatThrownBy(() -> early.get(20, TimeUnit.SECONDS)).cause().isInstanceOf(DriverCallException.class);
    }

    private static Transport transport(SparkConf conf, Duration timeout) {
        return new Transport(conf, Optional.empty(), Optional.empty(), "127.0.0.1", "127.0.0.1", timeout);
    }

    private static int size(Transport transport, Coordinator coordinator, int rank) {
        try (DriverLink driver = DriverLink.connect(transport, coordinator.address(), RUN, rank);
                Communicator workers = driver.join(2)) {
            return workers.size();
        }
    }
}
