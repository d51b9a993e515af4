package io.github.sparkcnn.allreduce.ring;

import io.github.sparkcnn.Visible;
import io.github.sparkcnn.allreduce.Exchange;
import io.github.sparkcnn.allreduce.WorkerLostException;
import io.github.sparkcnn.allreduce.memory.MemoryIn;
import io.github.sparkcnn.allreduce.memory.MemoryOffer;
import io.github.sparkcnn.allreduce.memory.MemoryOut;
import io.github.sparkcnn.allreduce.transport.Message;
import io.github.sparkcnn.allreduce.transport.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What two neighbours say to each other first: who the left one is, and, on one host, whether segments can go through memory that
 * both have mapped. Where they cannot, they go over the network, as between hosts.
 */
final class Greeting {
    /** In each worker's memory, for all its right neighbours together: 8 MiB. */
    private static final int SLOTS = 32;

    private static final int SLOT_BYTES = Exchange.SEGMENT * Float.BYTES;
    private static final byte NOT_SHARED = 0;
    private static final byte SHARED = 1;
    private static final byte LOST = 2;
    private static final Logger LOG = LoggerFactory.getLogger(Greeting.class);

    private final Seat seat;
    private final Neighbour right;

    Greeting(Seat seat, Neighbour right) {
        this.seat = seat;
        this.right = right;
    }

    /**
     * Connects, says hello and waits for the answer.
     *
     * @param sharesMemory whether to offer memory to a neighbour on the same host
     * @throws IOException if nobody is there, or not any more
     * @throws WorkerLostException if the neighbour does not answer, or says who is lost
     */
    void say(Transport.Endpoint endpoint, boolean sharesMemory, long millis) throws IOException, InterruptedException {
        right.connected(endpoint.connect(right.address()));
        Optional<WorkerLostException> refusal;
        try {
            ByteBuffer answer = ask(sharesMemory, millis);
            refusal = answer.get() == LOST
                    ? Optional.of(Message.read(answer, WorkerLostException::read))
                    : Optional.empty();
        } catch (RuntimeException e) {
            if (e.getCause() instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            if (e.getCause() instanceof TimeoutException) {
                throw right.lost("it did not answer a greeting within " + millis / 1000.0 + " s");
            }
            throw new IOException(Visible.firstLine(e), e);
        }
        if (refusal.isPresent()) {
            throw refusal.get();
        }
        right.answered();
        LOG.debug(
                "Worker {} sends to worker {} {}",
                seat.rank(),
                right.rank(),
                right.memory().isPresent() ? "through memory" : "over TCP");
    }

    /** The answer, with nothing read of it. */
    private ByteBuffer ask(boolean sharesMemory, long millis) {
        Optional<MemoryOut> memory =
                sharesMemory && seat.isOnHostOf(right) ? memory(seat.chords().size()) : Optional.empty();
        boolean shared = false;
        try {
            ByteBuffer answer = right.ask(seat.hello(memory.map(MemoryOut::offer)), millis);
            shared = answer.get(answer.position()) == SHARED;
            return answer;
        } finally {
            memory.ifPresent(MemoryOut::unlink);
            if (shared) {
                memory.ifPresent(right::writesTo);
            } else {
                memory.ifPresent(MemoryOut::close);
            }
        }
    }

    private static Optional<MemoryOut> memory(int neighbours) {
        try {
            return Optional.of(MemoryOut.create(Math.max(2, SLOTS / neighbours), SLOT_BYTES));
        } catch (IOException e) {
            LOG.debug("No memory to share: {}", Visible.firstLine(e));
            return Optional.empty();
        }
    }

    /** Answers a left neighbour, whose offered memory is mapped if it is here. */
    static ByteBuffer answer(Neighbour left, Optional<MemoryOffer> offer) {
        return word(offer.isPresent() && maps(left, offer.get()) ? SHARED : NOT_SHARED);
    }

    private static boolean maps(Neighbour left, MemoryOffer offer) {
        try {
            left.readsFrom(MemoryIn.open(offer, SLOT_BYTES));
            return true;
        } catch (IOException e) {
            LOG.debug("Worker {} offers memory that is not here: {}", left.rank(), Visible.firstLine(e));
            return false;
        }
    }

    private static ByteBuffer word(byte word) {
        return ByteBuffer.allocate(1).put(word).flip();
    }

    /** Answers who comes when somebody is lost already. */
    static ByteBuffer refusal(WorkerLostException loss) {
        return Message.bytes(out -> {
            out.writeByte(LOST);
            loss.write(out);
        });
    }
}
