package io.github.sparkcnn.allreduce.ring;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.allreduce.Communicator;
import io.github.sparkcnn.allreduce.Contribution;
import io.github.sparkcnn.allreduce.Exchange;
import io.github.sparkcnn.allreduce.FloatVector;
import io.github.sparkcnn.allreduce.Vectors;
import io.github.sparkcnn.allreduce.WorkerLostException;
import io.github.sparkcnn.allreduce.transport.Address;
import io.github.sparkcnn.allreduce.transport.Ring;
import io.github.sparkcnn.allreduce.transport.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One that does not take its seat, or that nobody can reach, is named by all: none of them names another that waits for it. */
class AbsentNeighbourTest {
    private final List<RingHandler> handlers = new ArrayList<>();
    private final List<Transport.Endpoint> endpoints = new ArrayList<>();
    private final List<Address> addresses = new ArrayList<>();
    private final List<AutoCloseable> sockets = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private void open(Transport transport, int size) {
        for (int rank = 0; rank < size; rank++) {
            handlers.add(new RingHandler(LocalRing.RUN));
            endpoints.add(transport.open(handlers.get(rank)));
            addresses.add(new Address("127.0.0.1", endpoints.get(rank).port()));
        }
    }

    @AfterEach
    void close() throws Exception {
        endpoints.forEach(Transport.Endpoint::close);
        for (AutoCloseable socket : sockets) {
            socket.close();
        }
        threads.shutdownNow();
    }

    private Future<Communicator> join(Transport transport, Ring ring, int rank) {
        return threads.submit(() -> {
            Communicator all = handlers.get(rank).join(ring, rank, endpoints.get(rank), transport, Exchange::cheaper);
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
        Transport transport = LocalRing.plain(Duration.ofSeconds(4));
        open(transport, 8);
        Ring ring = new Ring(5, addresses);

        List<Future<Communicator>> others = new ArrayList<>();
        for (int rank = 1; rank < 8; rank++) {
            others.add(join(transport, ring, rank));
        }

        others.forEach(worker -> assertThatIsLost(worker, 0, "it did not answer a greeting within 2.0 s"));
    }

    /** As behind a firewall that drops what comes: the one that is not let out is waited for by the one that is not let in. */
    @Test
    void whoCannotBeReachedIsNamedByBoth() throws Exception {
        Transport transport = LocalRing.plain(Duration.ofSeconds(6));
        open(transport, 2);
        Address closed = new Address("127.0.0.1", portThatDropsWhatComes());

        Future<Communicator> first = join(transport, new Ring(5, List.of(addresses.get(0), closed)), 0);
        Future<Communicator> second = join(transport, new Ring(5, addresses), 1);

        assertThatIsLost(first, 1, "is lost: no connection: ");
        assertThatIsLost(second, 1, "is lost: no connection: ");
    }

    /** Of a server that takes nobody in, once as many wait as it lets. */
    private int portThatDropsWhatComes() throws IOException {
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        sockets.add(server);
        for (int i = 0; i < 100; i++) {
            Socket socket = new Socket();
            sockets.add(socket);
            try {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort()), 500);
            } catch (SocketTimeoutException e) {
                return server.getLocalPort();
            }
        }
        throw new IOException("a port that takes everybody in");
    }
}
