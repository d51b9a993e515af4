package io.github.sparkcnn.allreduce.rendezvous;

import io.github.sparkcnn.Visible;
import io.github.sparkcnn.allreduce.Communicator;
import io.github.sparkcnn.allreduce.Exchange;
import io.github.sparkcnn.allreduce.ring.RingHandler;
import io.github.sparkcnn.allreduce.transport.Address;
import io.github.sparkcnn.allreduce.transport.Message;
import io.github.sparkcnn.allreduce.transport.Ring;
import io.github.sparkcnn.allreduce.transport.RunAttempt;
import io.github.sparkcnn.allreduce.transport.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.spark.network.buffer.NioManagedBuffer;
import org.apache.spark.network.client.TransportClient;

/** A worker's line to the {@link Coordinator} on the driver. Close it after the communicator that came from it. */
public final class DriverLink implements AutoCloseable {
    /** In place of the ring: not all have come. */
    static final ByteBuffer ASK_AGAIN = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private static final int HANDSHAKE_SECONDS = 5;
    /** The most bytes of a payload that go with their call: what goes ahead of it costs another message each way. */
    private static final int MOST_WITHIN = 1 << 16;

    private final Transport transport;
    private final RunAttempt run;
    private final int rank;
    private final Transport.Endpoint endpoint;
    private final RingHandler handler;
    private final TransportClient driver;

    private DriverLink(Transport transport, Address coordinator, RunAttempt run, int rank) {
        this.transport = transport;
        this.run = run;
        this.rank = rank;
        this.handler = new RingHandler(run);
        this.endpoint = transport.open(handler);
        try {
            this.driver = endpoint.connect(coordinator);
        } catch (IOException | RuntimeException e) {
            endpoint.close();
            throw new DriverCallException(
                    "no connection to the driver at " + coordinator + ": " + Visible.firstLine(e), e);
        } catch (InterruptedException e) {
            endpoint.close();
            Thread.currentThread().interrupt();
            throw new DriverCallException("interrupted", e);
        }
    }

    /** Takes a seat and waits for it to the end. */
    public Communicator join(int size) {
        return join(size, () -> false);
    }

    /** Connects worker {@code rank} of {@code run} to its driver. */
    public static DriverLink connect(Transport transport, Address coordinator, RunAttempt run, int rank) {
        return new DriverLink(transport, coordinator, run, rank);
    }

    /**
     * Takes a seat among {@code size} workers, waiting until all have come. Once per link.
     *
     * @param cancelled asked now and then whether waiting has become pointless
     * @throws DriverCallException if the driver refuses this worker or the others do not come in time (it names them)
     */
    public Communicator join(int size, BooleanSupplier cancelled) {
        return join(size, cancelled, Exchange::cheaper);
    }

    /**
     * The same, for measurements of one exchange or the other.
     *
     * @param rule the same for all workers
     */
    public Communicator join(int size, BooleanSupplier cancelled, Exchange.Rule rule) {
        Address own = new Address(transport.host(), endpoint.port());
        ByteBuffer register = Message.of(Message.Kind.REGISTER, out -> {
            run.write(out);
            out.writeInt(rank);
            out.writeInt(size);
            own.write(out);
        });
        Ring ring = Message.read(introduced(register, cancelled), Ring::read);
        if (size == 1) {
            return Communicator.alone();
        }
        return handler.join(ring, rank, endpoint, transport, rule);
    }

    private ByteBuffer introduced(ByteBuffer register, BooleanSupplier cancelled) {
        long patience = transport.timeout().toMillis() + TimeUnit.SECONDS.toMillis(HANDSHAKE_SECONDS);
        ByteBuffer ring = ASK_AGAIN;
        while (!ring.hasRemaining()) {
            ring = ask("join " + run, register.duplicate(), patience, cancelled);
        }
        return ring;
    }

    /**
     * Calls the driver's {@link CallHandler} and waits for its answer, at most {@code spark.network.timeout}.
     *
     * @throws DriverCallException with the handler's message if it failed
     */
    public ByteBuffer call(String type, ByteBuffer payload) {
        return call(type, payload, () -> false);
    }

    /**
     * The same.
     *
     * @param cancelled asked now and then whether waiting has become pointless
     */
    public ByteBuffer call(String type, ByteBuffer payload, BooleanSupplier cancelled) {
        long patience = transport.networkTimeout().toMillis();
        boolean within = payload.remaining() <= MOST_WITHIN;
        if (!within) {
            sendAhead(type, payload, patience, cancelled);
        }
        ByteBuffer call = Message.of(Message.Kind.CALL, out -> {
            run.write(out);
            out.writeInt(rank);
            out.writeBoolean(within);
            if (within) {
                ReceivedPayload.write(type, payload, out);
            }
        });
        return ask(type, call, patience, cancelled);
    }

    private void sendAhead(String type, ByteBuffer payload, long patience, BooleanSupplier cancelled) {
        ByteBuffer header = Message.bytes(out -> {
            out.writeUTF(type);
            out.writeInt(payload.remaining());
        });
        Answer received = new Answer();
        driver.uploadStream(new NioManagedBuffer(header), new NioManagedBuffer(payload.duplicate()), received);
        received.awaitReceipt(type, patience, cancelled);
    }

    /** Hangs up. Closing twice is harmless. */
    @Override
    public void close() {
        driver.close();
        endpoint.close();
    }

    private ByteBuffer ask(String what, ByteBuffer message, long patienceMillis, BooleanSupplier cancelled) {
        Answer answer = new Answer();
        driver.sendRpc(message, answer);
        return answer.await(what, patienceMillis, cancelled);
    }
}
