package io.github.sparkcnn.allreduce.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.allreduce.Communicator;
import io.github.sparkcnn.allreduce.Exchange;
import io.github.sparkcnn.allreduce.WorkerLostException;
import io.github.sparkcnn.allreduce.transport.Address;
import io.github.sparkcnn.allreduce.transport.Message;
import io.github.sparkcnn.allreduce.transport.Ring;
import io.github.sparkcnn.allreduce.transport.RunAttempt;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.spark.network.client.TransportClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Of four workers the first fails before the third has come: whoever sits beside that one has left or is about to. */
class LateGreetingTest {
    private static final int LATE = 2;
    private static final int RIGHT_OF_LATE = 3;
    private static final String LOSS = "is lost: no power";

    private final OpenSeats seats = new OpenSeats(LocalRing.plain(Duration.ofSeconds(60)), 4);
    private Ring ring = seats.ring();
    private Future<Communicator> leftOfLate;

    @BeforeEach
    void failBeforeAllHaveCome() throws Exception {
        Future<Communicator> first = join(0);
        leftOfLate = join(1);
        Future<Communicator> rightOfLate = join(RIGHT_OF_LATE);

        first.get(20, TimeUnit.SECONDS).fail("no power");
        assertThatFirstIsLost(rightOfLate);
    }

    @AfterEach
    void close() {
        seats.close();
    }

    private Future<Communicator> join(int rank) {
        return seats.start(() -> seats.take(rank, ring));
    }

    private static void assertThatFirstIsLost(Future<Communicator> worker) {
        assertThatThrownBy(() -> worker.get(20, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(WorkerLostException.class)
                .hasMessageStartingWith("Worker 0 (127.0.0.1:")
                .hasMessageEndingWith(LOSS);
    }

    @Test
    void whoIsStillThereSaysWhoIsLost() throws Exception {
        TransportClient client = seats.endpoint(LATE).connect(ring.workers().get(RIGHT_OF_LATE));

        ByteBuffer answer = client.sendRpcSync(new Seat(ring, LocalRing.RUN, LATE).hello(Optional.empty()), 20_000);

        assertThat(answer.get()).isEqualTo((byte) 2);
        assertThat(Message.read(answer, WorkerLostException::read))
                .hasMessageStartingWith("Worker 0 (127.0.0.1:")
                .hasMessageEndingWith(LOSS);
    }

    @Test
    void theLateOneNamesTheLostOne() {
        assertThatFirstIsLost(join(LATE));
        assertThatFirstIsLost(leftOfLate);
    }

    @Test
    void theLateOneNamesTheLostOneWhereItsNeighbourHasLeft() {
        seats.endpoint(RIGHT_OF_LATE).close();

        assertThatFirstIsLost(join(LATE));
        assertThatFirstIsLost(leftOfLate);
    }

    /** Its neighbour is gone because another is lost; whoever knows may say so a moment later. */
    @Test
    void theLateOneWaitsForTheWordOfOthersBeforeItBlamesWhoHasLeft() throws Exception {
        seats.endpoint(RIGHT_OF_LATE).close();

        assertThatOthersAreHeard();
    }

    @Test
    void theLateOneWaitsForTheWordOfOthersBeforeItBlamesWhoLeavesInsteadOfAnAnswer() throws Exception {
        try (ServerSocket leaving = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Future<Integer> heard = seats.start(() -> {
                try (Socket greeting = leaving.accept()) {
                    return greeting.getInputStream().read();
                }
            });
            List<Address> addresses = new ArrayList<>(ring.workers());
            addresses.set(RIGHT_OF_LATE, new Address("127.0.0.1", leaving.getLocalPort()));
            ring = new Ring(5, addresses);

            assertThatOthersAreHeard();
            assertThat(heard.get(20, TimeUnit.SECONDS)).isNotNegative();
        }
    }

    private void assertThatOthersAreHeard() throws Exception {
        RunAttempt next = new RunAttempt("run-1", 1);
        seats.replace(LATE, next);
        TransportClient left = seats.endpoint(1).connect(seats.address(LATE));
        Future<Communicator> late = join(LATE);
        left.sendRpcSync(new Seat(ring, next, 1).hello(Optional.empty()), 20_000);

        TimeUnit.MILLISECONDS.sleep(100);
        left.send(Message.of(Message.Kind.ABORT, new WorkerLostException(0, "127.0.0.1:1", "no power")::write));

        assertThatFirstIsLost(late);
    }

    /** As long as a stack trace of a failure may be. */
    @Test
    void aLongReasonIsToldShortened() {
        WorkerLostException loss = new WorkerLostException(0, "host:1", "x".repeat(70_000));

        assertThat(Message.read(Message.bytes(loss::write), WorkerLostException::read))
                .hasMessage("Worker 0 (host:1) is lost: " + "x".repeat(2_000));
    }

    /** The one to the right is told as soon as it listens. */
    @Test
    void whoWaitsForAnAnswerMeanwhileTellsTheLateOne() throws Exception {
        assertThat(leftOfLate.isDone()).isFalse();
        Seat seat = new Seat(ring, LocalRing.RUN, LATE);
        RingCommunicator late = new RingCommunicator(seat, seats.transport(), Exchange::cheaper);

        seats.handler(LATE).serve(late);

        assertThatFirstIsLost(leftOfLate);
        assertThatThrownBy(() -> late.start(null, null))
                .isInstanceOf(WorkerLostException.class)
                .hasMessageEndingWith(LOSS);
    }
}
