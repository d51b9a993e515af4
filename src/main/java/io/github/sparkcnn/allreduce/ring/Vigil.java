package io.github.sparkcnn.allreduce.ring;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Waiting for the others, but not for ever: after a time-out without progress the neighbours are asked for a sign of life, so
 * that the one who stalls is named by those beside it; after another the one whose floats are due is given up. Who waits holds
 * no lock; what it waits for, and progress, are told under the lock.
 */
final class Vigil {
    /** The longest that a neighbour may take to answer. */
    private static final long MOST_ANSWER_MILLIS = 2_000;

    private final Object lock;
    private final Duration timeout;
    private long lastProgress;

    /** Waits on {@code lock}'s monitor. */
    Vigil(Object lock, Duration timeout) {
        this.lock = lock;
        this.timeout = timeout;
    }

    /** Something came or was sent. Call with the lock held. */
    void progressed() {
        lastProgress = System.nanoTime();
    }

    /**
     * Waits until the condition holds.
     *
     * @param stalled called, without the lock, after each time-out without progress: 1, then 2; it has to make the condition
     *     hold when it is called for the second time
     */
    void await(BooleanSupplier condition, Stalled stalled) throws InterruptedException {
        synchronized (lock) {
            progressed();
        }
        for (int timeouts = 1; ; timeouts++) {
            long patience = timeouts * timeout.toNanos();
            if (holdsUntil(() -> lastProgress + patience, condition)) {
                return;
            }
            stalled.after(timeouts);
        }
    }

    /** Waits until the condition holds, at most as long as a neighbour may take to answer. */
    void awaitAnswer(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(answerMillis());
        holdsUntil(() -> deadline, condition);
    }

    interface Stalled {
        void after(int timeouts);
    }

    /** @param deadline may move while it is waited for */
    private boolean holdsUntil(LongSupplier deadline, BooleanSupplier condition) throws InterruptedException {
        synchronized (lock) {
            long patience;
            while (!condition.getAsBoolean() && (patience = deadline.getAsLong() - System.nanoTime()) > 0) {
                TimeUnit.NANOSECONDS.timedWait(lock, patience);
            }
            return condition.getAsBoolean();
        }
    }

    /** How long to wait for who is greeted: who sits beside it has to name it before those give up who wait for that one in turn. */
    long greetingMillis(boolean runIsLost) {
        return runIsLost ? answerMillis() : timeout.toMillis() / 2;
    }

    long answerMillis() {
        return Math.min(timeout.toMillis(), MOST_ANSWER_MILLIS);
    }

    /** So many time-outs, for a message. */
    String seconds(int timeouts) {
        return timeouts * timeout.toMillis() / 1000.0 + " s";
    }
}
