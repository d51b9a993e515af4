package io.github.sparkcnn.allreduce.ring;

import io.github.sparkcnn.Strangers;
import io.github.sparkcnn.allreduce.Communicator;
import io.github.sparkcnn.allreduce.Contribution;
import io.github.sparkcnn.allreduce.Exchange;
import io.github.sparkcnn.allreduce.FloatVector;
import io.github.sparkcnn.allreduce.Vectors;
import io.github.sparkcnn.allreduce.rendezvous.CallHandler;
import io.github.sparkcnn.allreduce.rendezvous.Coordinator;
import io.github.sparkcnn.allreduce.rendezvous.DriverLink;
import io.github.sparkcnn.allreduce.transport.RunAttempt;
import io.github.sparkcnn.allreduce.transport.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.apache.spark.SparkConf;
import org.apache.spark.network.sasl.SecretKeyHolder;

/** A driver and some workers in this JVM, each worker in a thread of its own. */
public final class LocalRing implements AutoCloseable {
    static final RunAttempt RUN = new RunAttempt("run-1", 0);

    final Coordinator coordinator;
    private final Transport transport;
    private Exchange.Rule rule = Exchange::cheaper;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** What a worker does with its seat. */
    interface Work<T> {
        T run(DriverLink driver, Communicator communicator) throws Exception;
    }

    LocalRing(Transport transport) {
        this(transport, (caller, type, payload) -> CompletableFuture.completedFuture(payload));
    }

    LocalRing(Transport transport, CallHandler calls) {
        this.transport = transport;
        this.coordinator = Coordinator.start(transport, RUN.id(), calls, transport.timeout());
    }

    /** Another rule for the workers that come from now on. */
    LocalRing with(Exchange.Rule other) {
        rule = other;
        return this;
    }

    /** Through memory, since all are on one host. */
    public static Transport plain(Duration timeout) {
        return transport(new SparkConf(false), Optional.empty(), timeout);
    }

    static Transport overTcp(Duration timeout) {
        return transport(new SparkConf(false).set("spark.allreduce.shared-memory", "false"), Optional.empty(), timeout);
    }

    static Transport authenticated(String secret, boolean encrypted, Duration timeout) {
        SparkConf conf = new SparkConf(false)
                .set("spark.authenticate", "true")
                .set("spark.network.crypto.enabled", Boolean.toString(encrypted));
        return transport(conf, Optional.of(new Secret(secret)), timeout);
    }

    private static Transport transport(SparkConf conf, Optional<SecretKeyHolder> secrets, Duration timeout) {
        return new Transport(conf, secrets, Optional.empty(), "127.0.0.1", "127.0.0.1", timeout);
    }

    private record Secret(String secret) implements SecretKeyHolder {
        @Override
        public String getSaslUser(String appId) {
            return "user";
        }

        @Override
        public String getSecretKey(String appId) {
            return secret;
        }
    }

    /** The ports of driver and workers, as soon as all listen. */
    Set<Integer> awaitPorts(int count, Set<Integer> others) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (true) {
            Set<Integer> ports = Strangers.openPorts();
            ports.removeAll(others);
            if (ports.size() >= count) {
                return ports;
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("only these ports are open: " + ports);
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** Every worker's future, in rank order. */
    <T> List<Future<T>> start(int size, Work<T> work) {
        return start(size, rank -> transport, work);
    }

    /** The same, of workers that differ in what they know of the network. */
    <T> List<Future<T>> start(int size, IntFunction<Transport> transports, Work<T> work) {
        List<Future<T>> futures = new ArrayList<>();
        for (int rank = 0; rank < size; rank++) {
            int own = rank;
            futures.add(threads.submit(() -> {
                try (DriverLink driver = DriverLink.connect(transports.apply(own), coordinator.address(), RUN, own);
                        Communicator communicator = driver.join(size, () -> false, rule)) {
                    return work.run(driver, communicator);
                }
            }));
        }
        return futures;
    }

    /** Every worker's result, in rank order. */
    <T> List<T> run(int size, Work<T> work) throws Exception {
        List<T> results = new ArrayList<>();
        for (Future<T> future : start(size, work)) {
            results.add(future.get(60, TimeUnit.SECONDS));
        }
        return results;
    }

    /** Averages {@code vectors[rank]} with {@code weights[rank]}. */
    List<float[]> average(float[][] vectors, long... weights) throws Exception {
        return run(vectors.length, (driver, communicator) -> {
            int rank = communicator.rank();
            ByteBuffer vector = Vectors.direct(vectors[rank]);
            communicator.average(FloatVector.of(vector), new Contribution(weights[rank]));
            return Vectors.floats(vector);
        });
    }

    /** Ends the workers, and waits for that. */
    @Override
    public void close() {
        coordinator.close();
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(30, TimeUnit.SECONDS)) {
                throw new AssertionError("workers that do not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
