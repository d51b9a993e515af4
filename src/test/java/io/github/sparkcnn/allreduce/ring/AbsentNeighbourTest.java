package io.github.sparkcnn.allreduce.ring;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.allreduce.Communicator;
import io.github.sparkcnn.allreduce.Contribution;
import io.github.sparkcnn.allreduce.FloatVector;
import io.github.sparkcnn.allreduce.Vectors;
import io.github.sparkcnn.allreduce.WorkerLostException;
import io.github.sparkcnn.allreduce.transport.Address;
import io.github.sparkcnn.allreduce.transport.Ring;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One that does not take its seat, or that nobody can reach, is named by all: none of them names another that waits for it. */
class AbsentNeighbourTest {
    private final List<AutoCloseable> opened = new ArrayList<>();

    private OpenSeats open(int size, Duration timeout) {
        OpenSeats seats = new OpenSeats(LocalRing.plain(timeout), size);
        opened.add(seats);
        return seats;
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    private static Future<Communicator> join(OpenSeats seats, Ring ring, int rank) {
        return seats.start(() -> {
            Communicator all = seats.take(rank, ring);
            all.average(FloatVector.of(Vectors.direct(new float[10])), new Contribution(1));
            return all;
        });
    }

    private static void assertThatIsLost(Future<Communicator> worker, int rank, String reason) {
        assertThatThrownBy(() -> worker.get(30, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(WorkerLostException.class)
                .hasMessageStartingWith("Worker " + rank + " (127.0.0.1:")
                .hasMessageContaining(reason);
    }

    /** Three of them wait for its answer, and are waited for by others that do not know it. */
    @Test
    void whoNeverTakesItsSeatIsNamedByAll() {
        OpenSeats seats = open(8, Duration.ofSeconds(4));

        List<Future<Communicator>> others = new ArrayList<>();
        for (int rank = 1; rank < 8; rank++) {
            others.add(join(seats, seats.ring(), rank));
        }

        others.forEach(worker -> assertThatIsLost(worker, 0, "it did not answer a greeting within 2.0 s"));
    }

    /** As behind a firewall that drops what comes: the one that is not let out is waited for by the one that is not let in. */
    @Test
    void whoCannotBeReachedIsNamedByBoth() throws Exception {
        OpenSeats seats = open(2, Duration.ofSeconds(6));
        Address closed = new Address("127.0.0.1", portThatDropsWhatComes());

        Future<Communicator> first = join(seats, new Ring(5, List.of(seats.address(0), closed)), 0);
        Future<Communicator> second = join(seats, seats.ring(), 1);

        assertThatIsLost(first, 1, "is lost: no connection: ");
        assertThatIsLost(second, 1, "is lost: no connection: ");
    }

    /** Of a server that takes nobody in, once as many wait as it lets. */
    private int portThatDropsWhatComes() throws IOException {
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        opened.add(server);
        for (int i = 0; i < 100; i++) {
            Socket socket = new Socket();
            opened.add(socket);
            try {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort()), 500);
            } catch (SocketTimeoutException e) {
                return server.getLocalPort();
            }
        }
        throw new IOException("a port that takes everybody in");
    }
}
