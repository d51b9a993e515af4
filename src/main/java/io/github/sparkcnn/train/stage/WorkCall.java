package io.github.sparkcnn.train.stage;

import io.github.sparkcnn.allreduce.transport.Message;
import io.github.sparkcnn.track.EpochProgress;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** What a worker calls the driver for, and what it is answered. */
enum WorkCall {
    /** With the number of the last order that the worker has done, or {@link #NONE}: answered with a {@link Reply}. */
    NEXT("say what to do next"),
    /** For the state that the order starts from. */
    START("give the state"),
    /** With the number of the order and the state that training came to; from one worker, before its report. */
    TRAINED("take the state"),
    /** With the number of the order and the part of it that is trained, with its state; from one worker. */
    PART("take a part of the epoch"),
    /** With the number of the order and the worker's report. */
    DONE("take the report"),
    /** With how far the workers are in the epoch. */
    PROGRESS("hear of the progress");

    /** Stands for no order. */
    static final int NONE = -1;

    private final String type;

    /** @param type on the wire, and what the driver then did not do, for messages */
    WorkCall(String type) {
        this.type = type;
    }

    String type() {
        return type;
    }

    static WorkCall of(String type) {
        return Arrays.stream(values())
                .filter(call -> call.type.equals(type))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no worker calls to have the driver " + type));
    }

    /** How an answer to {@link #NEXT} begins. */
    enum Reply {
        /** The order follows. */
        ORDER(0),
        /** There is none yet: ask again. */
        WAIT(1),
        /** There will be none. */
        END(2);

        private final byte code;

        Reply(int code) {
            this.code = (byte) code;
        }

        ByteBuffer with(ByteBuffer content) {
            return ByteBuffer.allocate(1 + content.remaining())
                    .put(code)
                    .put(content.duplicate())
                    .flip();
        }

        ByteBuffer alone() {
            return with(ByteBuffer.allocate(0));
        }

        /** Takes it off the front; throws IllegalArgumentException for what is none. */
        static Reply of(ByteBuffer answer) {
            if (!answer.hasRemaining()) {
                throw new IllegalArgumentException("an answer without a reply");
            }
            byte code = answer.get();
            return Arrays.stream(values())
                    .filter(reply -> reply.code == code)
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no reply begins with " + code));
        }
    }

    static ByteBuffer number(int number) {
        return Message.bytes(out -> out.writeInt(number));
    }

    /** Takes what {@link #number(int)} wrote off the front; throws IllegalArgumentException for less. */
    static int number(ByteBuffer payload) {
        if (payload.remaining() < Integer.BYTES) {
            throw new IllegalArgumentException("a call without the number of its order");
        }
        return payload.getInt();
    }

    static ByteBuffer progress(EpochProgress progress) {
        return Message.bytes(out -> {
            out.writeLong(progress.images());
            out.writeDouble(progress.lossSum());
        });
    }

    /** What {@link #progress(EpochProgress)} wrote; throws IllegalArgumentException for less. */
    static EpochProgress progress(ByteBuffer payload) {
        return Message.read(payload, in -> new EpochProgress(in.readLong(), in.readDouble()));
    }

    static ByteBuffer numbered(int number, ByteBuffer content) {
        return ByteBuffer.allocate(Integer.BYTES + content.remaining())
                .putInt(number)
                .put(content.duplicate())
                .flip();
    }
}
