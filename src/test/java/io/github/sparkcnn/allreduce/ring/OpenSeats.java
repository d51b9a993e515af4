package io.github.sparkcnn.allreduce.ring;

import io.github.sparkcnn.allreduce.Communicator;
import io.github.sparkcnn.allreduce.Exchange;
import io.github.sparkcnn.allreduce.transport.Address;
import io.github.sparkcnn.allreduce.transport.Ring;
import io.github.sparkcnn.allreduce.transport.RunAttempt;
import io.github.sparkcnn.allreduce.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Workers in this JVM that listen from the start, and take their seats when they are told, each in a thread of its own. */
final class OpenSeats implements AutoCloseable {
    private final Transport transport;
    private final List<RingHandler> handlers = new ArrayList<>();
    private final List<Transport.Endpoint> endpoints = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    OpenSeats(Transport transport, int size) {
        this.transport = transport;
        for (int rank = 0; rank < size; rank++) {
            handlers.add(new RingHandler(LocalRing.RUN));
            endpoints.add(transport.open(handlers.get(rank)));
        }
    }

    /** One that listens no more, and another in its place, of another attempt. */
    void replace(int rank, RunAttempt run) {
        handlers.set(rank, new RingHandler(run));
        endpoints.set(rank, transport.open(handlers.get(rank))).close();
    }

    Transport transport() {
        return transport;
    }

    RingHandler handler(int rank) {
        return handlers.get(rank);
    }

    Transport.Endpoint endpoint(int rank) {
        return endpoints.get(rank);
    }

    Address address(int rank) {
        return new Address("127.0.0.1", endpoint(rank).port());
    }

    /** All of them, where they listen now. */
    Ring ring() {
        return new Ring(
                5, IntStream.range(0, endpoints.size()).mapToObj(this::address).toList());
    }

    Communicator take(int rank, Ring ring) {
        return handler(rank).join(ring, rank, endpoint(rank), transport, Exchange::cheaper);
    }

    <T> Future<T> start(Callable<T> work) {
        return threads.submit(work);
    }

    @Override
    public void close() {
        endpoints.forEach(Transport.Endpoint::close);
        threads.shutdownNow();
    }
}
