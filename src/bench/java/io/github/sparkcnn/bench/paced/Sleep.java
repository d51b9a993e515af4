package io.github.sparkcnn.bench.paced;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/** Sleeps for so many nanoseconds. What it oversleeps, as everybody does, is taken off the next time: the sum is right. */
final class Sleep implements LongConsumer {

    private long owed;

    @Override
    public void accept(long nanos) {
        long start = System.nanoTime();
        owed += nanos;
        long slept = 0;
        while (slept < owed) {
            LockSupport.parkNanos(owed - slept);
            slept = System.nanoTime() - start;
            if (Thread.currentThread().isInterrupted()) { // the task is being killed, which it sees to itself
                break;
            }
        }
        owed -= slept;
    }
}
