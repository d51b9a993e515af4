package io.github.sparkcnn.tune;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Keeps what trials have come to, in a thread of its own: storage may be slow, and no trial waits for it. */
final class TrialKeeper {

    private final Consumer<List<Trial>> keep;
    private final Consumer<Throwable> failed;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread daemon = new Thread(task, "keeper of trials");
        daemon.setDaemon(true);
        return daemon;
    });
    private List<Trial> next;

    /**
     * Has begun nothing yet.
     *
     * @param keep writes all trials; not called for those that newer ones have taken the place of while they waited
     * @param failed hears what that ended with, if it did not go well
     */
    TrialKeeper(Consumer<List<Trial>> keep, Consumer<Throwable> failed) {
        this.keep = keep;
        this.failed = failed;
    }

    /** Has these kept in place of all before, and returns at once. */
    synchronized void keep(List<Trial> trials) {
        boolean idle = next == null;
        next = trials;
        if (idle) {
            thread.execute(this::keepNext);
        }
    }

    private void keepNext() {
        try {
            keep.accept(taken());
        } catch (RuntimeException | Error e) {
            failed.accept(e);
        }
    }

    private synchronized List<Trial> taken() {
        List<Trial> trials = next;
        next = null;
        return trials;
    }

    /** Waits until the newest is kept, but not for longer; takes no more. */
    void end(long millis) {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(millis, TimeUnit.MILLISECONDS)) {
                failed.accept(new IllegalStateException("trials are still being written after " + millis + " ms"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failed.accept(new IllegalStateException("interrupted while trials were written", e));
        }
    }
}
