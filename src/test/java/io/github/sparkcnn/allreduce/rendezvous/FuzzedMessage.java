package io.github.sparkcnn.allreduce.rendezvous;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.allreduce.Contribution;
import io.github.sparkcnn.allreduce.SegmentHeader;
import io.github.sparkcnn.allreduce.WorkerLostException;
import io.github.sparkcnn.allreduce.memory.MemoryOffer;
import io.github.sparkcnn.allreduce.transport.Address;
import io.github.sparkcnn.allreduce.transport.Message;
import io.github.sparkcnn.allreduce.transport.Ring;
import io.github.sparkcnn.allreduce.transport.RunAttempt;
import io.github.sparkcnn.fuzz.OutsideReader;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * What arrives at a driver or a worker: messages by their kinds, the heads of what comes as a stream. Whoever is no peer may send
 * them, and Spark's network tells an IllegalArgumentException from a failure of ours.
 */
public record FuzzedMessage() implements OutsideReader {
    private static final RunAttempt RUN = new RunAttempt("run-1", 0);
    private static final Address HERE = new Address("127.0.0.1", 7077);

    @Override
    public String name() {
        return "averaging-message";
    }

    @Override
    public List<byte[]> seeds() {
        return List.of(
                register(2),
                register(Integer.MAX_VALUE),
                register(-1),
                bytes(Message.of(Message.Kind.ABORT, new WorkerLostException(1, "host", "reason")::write)),
                bytes(Message.of(Message.Kind.READY, out -> out.writeLong(3))),
                bytes(Message.of(Message.Kind.BYE)),
                hello(),
                bytes(Message.bytes(new Ring(5, List.of(HERE, HERE))::write)),
                payload(3),
                payload(Integer.MAX_VALUE),
                bytes(Message.of(Message.Kind.CALL, out -> {
                    RUN.write(out);
                    out.writeInt(0);
                    out.writeBoolean(true);
                    ReceivedPayload.write("count", ByteBuffer.wrap(new byte[3]), out);
                })),
                bytes(new SegmentHeader(5, 1, 0, 0, 8, List.of(new Contribution(3, 1, 2))).encode()),
                bytes(new SegmentHeader(5, 1, 1, 0, 8, List.of(new Contribution(3, 1), new Contribution(4, 2)))
                        .encode()));
    }

    private static byte[] register(int size) {
        return bytes(Message.of(Message.Kind.REGISTER, out -> {
            RUN.write(out);
            out.writeInt(0);
            out.writeInt(size);
            HERE.write(out);
        }));
    }

    private static byte[] hello() {
        return bytes(Message.of(Message.Kind.HELLO, out -> {
            out.writeLong(5);
            RUN.write(out);
            out.writeInt(0);
            out.writeBoolean(true);
            new MemoryOffer("sparkcnn-00112233445566778899aabbccddeeff", "00112233445566778899aabbccddeeff", 32)
                    .write(out);
        }));
    }

    private static byte[] payload(int size) {
        return bytes(Message.bytes(out -> {
            out.writeUTF("count");
            out.writeInt(size);
            out.write(new byte[3]);
        }));
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    @Override
    public List<String> words() {
        return List.of("REGISTER", "HELLO", "READY", "SEGMENTS", "PING", "ABORT", "BYE", "CALL", "\0\4CALL", "\0\3BYE");
    }

    @Override
    public void read(byte[] input) {
        boolean isOne = false;
        for (Runnable way : List.<Runnable>of(
                () -> message(ByteBuffer.wrap(input)),
                () -> SegmentHeader.decode(ByteBuffer.wrap(input)),
                () -> Message.read(ByteBuffer.wrap(input), Ring::read),
                () -> stream(ByteBuffer.wrap(input)))) {
            try {
                way.run();
                isOne = true;
            } catch (IllegalArgumentException e) {
                isOne |= false;
            }
        }
        if (!isOne) {
            throw new UserException("take a message", "it is none", "Send another");
        }
    }

    private static void message(ByteBuffer message) {
        switch (Message.kind(message)) {
            case REGISTER ->
                Message.read(message, in -> {
                    RunAttempt run = RunAttempt.read(in);
                    int rank = in.readInt();
                    int size = in.readInt();
                    return new Rendezvous(run, size)
                            .join(rank, size, Address.read(in), () -> 1)
                            .isDone();
                });
            case CALL ->
                Message.read(message, in -> {
                    RunAttempt run = RunAttempt.read(in);
                    int rank = in.readInt();
                    return in.readBoolean() ? run + ReceivedPayload.read(in).type() : run.toString() + rank;
                });
            case HELLO ->
                Message.read(message, in -> {
                    String run = in.readLong() + RunAttempt.read(in).toString() + in.readInt();
                    return in.readBoolean() ? run + MemoryOffer.read(in) : run;
                });
            case READY -> Message.read(message, in -> in.readLong());
            case ABORT -> Message.read(message, WorkerLostException::read);
            default -> Message.read(message, RunAttempt::read);
        }
    }

    private static void stream(ByteBuffer message) {
        ReceivedPayload payload = Message.read(message, in -> {
            ReceivedPayload begun = new ReceivedPayload(in.readUTF(), in.readInt());
            begun.onData("", ByteBuffer.wrap(in.readAllBytes()));
            return begun;
        });
        payload.onComplete("");
        payload.bytes();
    }
}
