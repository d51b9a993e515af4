package io.github.sparkcnn.allreduce.transport;

import io.github.sparkcnn.Visible;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands in a connection that somebody has opened to us, in front of Spark's decoders, until it has named the run: lets small
 * requests pass and nothing else, since those decoders believe what a header says of lengths. Whoever sends anything else, or
 * nothing for too long, is hung up on with one line in the log.
 */
final class Gate extends ChannelInboundHandlerAdapter {
    /** Authentication and the naming of the run take some kilobytes. */
    private static final int MOST = 1 << 16;
    /** Its own length, type, number and the length of its content. */
    private static final int LEAST = Long.BYTES + 1 + Long.BYTES + Integer.BYTES;

    private static final byte REQUEST = org.apache.spark.network.protocol.Message.Type.RpcRequest.id();
    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

    private final Duration patience;
    private ChannelHandlerContext context;
    private Future<?> deadline;
    private boolean closed;
    /** Of the frame that is coming in, how long it says that it is, and how much of it has come. */
    private long length;

    private long seen;

    Gate(Duration patience) {
        this.patience = patience;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        deadline = added.executor()
                .schedule(
                        () -> hangUp("no name of a run came within " + patience.toMillis() + " ms"),
                        patience.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext removed) {
        deadline.cancel(false);
    }

    @Override
    public void channelRead(ChannelHandlerContext from, Object bytes) {
        if (!closed && bytes instanceof ByteBuf buffer) {
            look(buffer);
        }
        if (closed) {
            ReferenceCountUtil.release(bytes);
        } else {
            from.fireChannelRead(bytes);
        }
    }

    private void look(ByteBuf bytes) {
        int at = bytes.readerIndex();
        while (at < bytes.writerIndex() && !closed) {
            if (seen < Long.BYTES) {
                length = length << Byte.SIZE | bytes.getUnsignedByte(at++);
                seen++;
                if (seen == Long.BYTES && (length < LEAST || length > MOST)) {
                    hangUp("it begins with a frame of " + length + " bytes");
                }
            } else {
                if (seen == Long.BYTES && bytes.getByte(at) != REQUEST) {
                    hangUp("it begins with a message of type " + bytes.getByte(at));
                }
                long rest = Math.min(bytes.writerIndex() - at, length - seen);
                at += (int) rest;
                seen += rest;
                if (seen == length) {
                    length = 0;
                    seen = 0;
                }
            }
        }
    }

    /** What is no TLS where it should be, and what breaks on the way. */
    @Override
    public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
        hangUp(Visible.firstLine(cause));
    }

    /** Whether the other end has named the run. */
    boolean isOpen() {
        return context.isRemoved();
    }

    /** Hangs up, once what was answered before has left. */
    void refuse(Throwable cause) {
        if (context.executor().inEventLoop()) {
            hangUp(Visible.firstLine(cause));
        } else {
            context.executor().execute(() -> hangUp(Visible.firstLine(cause)));
        }
    }

    private void hangUp(String reason) {
        if (!closed && !isOpen()) {
            closed = true;
            deadline.cancel(false);
            LOG.warn(
                    "Hung up on {}, who is none of this run: {}",
                    context.channel().remoteAddress(),
                    Visible.line(reason));
            context.close().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        }
    }
}
