package io.github.sparkcnn.allreduce.rendezvous;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.spark.network.client.RpcResponseCallback;

/**
 * The driver's answer to a worker: what was asked for, or why not. A refusal travels as an answer of its own, since what
 * Spark makes of a failure is a stack trace.
 */
final class Answer implements RpcResponseCallback {
    private static final byte GRANTED = 0;
    private static final byte REFUSED = 1;
    /** How long a cancellation may go unnoticed. */
    private static final long CANCELLATION_MILLIS = 200;

    private final CompletableFuture<ByteBuffer> future = new CompletableFuture<>();

    static ByteBuffer of(ByteBuffer content) {
        return ByteBuffer.allocate(1 + content.remaining())
                .put(GRANTED)
                .put(content.duplicate())
                .flip();
    }

    static ByteBuffer refusal(String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + text.length).put(REFUSED).put(text).flip();
    }

    @Override
    public void onSuccess(ByteBuffer response) {
        ByteBuffer copy = ByteBuffer.allocate(response.remaining()); // Spark reuses its buffer
        future.complete(copy.put(response).flip());
    }

    @Override
    public void onFailure(Throwable e) {
        future.completeExceptionally(e);
    }

    /** The content, or a DriverCallException with the reason. */
    ByteBuffer await(String what, long millis, BooleanSupplier cancelled) {
        ByteBuffer answer = awaitReceipt(what, millis, cancelled);
        if (answer.get() == REFUSED) {
            throw new DriverCallException(
                    "the driver refused to " + what + ": " + StandardCharsets.UTF_8.decode(answer), null);
        }
        return answer.slice();
    }

    /** Waits for whatever comes back. */
    ByteBuffer awaitReceipt(String what, long millis, BooleanSupplier cancelled) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        try {
            while (!cancelled.getAsBoolean()) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    throw new DriverCallException("the driver did not " + what + " within " + millis + " ms", null);
                }
                Optional<ByteBuffer> answer = poll(Math.min(left, CANCELLATION_MILLIS));
                if (answer.isPresent()) {
                    return answer.get();
                }
            }
            throw new DriverCallException("cancelled waiting for the driver to " + what, null);
        } catch (ExecutionException e) {
            throw new DriverCallException(
                    "the driver could not " + what + ": " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DriverCallException("interrupted", e);
        }
    }

    private Optional<ByteBuffer> poll(long millis) throws ExecutionException, InterruptedException {
        try {
            return Optional.of(future.get(millis, TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        }
    }
}
