package io.github.sparkcnn.tune;

import io.github.sparkcnn.tune.Promotions.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/** Trains trials, several at a time, each in a thread of its own, until nothing is left to train. */
final class TrialPool {

    private static final long FAREWELL_MILLIS = TimeUnit.SECONDS.toMillis(60);

    private final Promotions promotions;
    private final int wanted;
    private final Function<Step, Trial> train;
    private final TrialKeeper keeper;
    private final SortedMap<Integer, Trial> trials = new TreeMap<>();
    private final Set<Integer> running = new HashSet<>();
    private Throwable failure;

    /**
     * Has begun nothing yet.
     *
     * @param before what trials have come to so far
     * @param wanted how many trials there are
     * @param train called by several threads; an exception ends the search
     * @param keep told of all trials when one has come to something, in one thread, which no trial waits for; an exception ends the
     *     search
     */
    TrialPool(
            Promotions promotions,
            List<Trial> before,
            int wanted,
            Function<Step, Trial> train,
            Consumer<List<Trial>> keep) {
        this.promotions = promotions;
        this.wanted = wanted;
        this.train = train;
        this.keeper = new TrialKeeper(keep, this::failed);
        before.forEach(trial -> trials.put(trial.number(), trial));
    }

    /** Trains what is left; gives all trials in the order of their numbers. */
    List<Trial> run(int threads) {
        List<Thread> pool = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(this::work, "trials " + (i + 1));
            thread.setDaemon(true);
            thread.start();
            pool.add(thread);
        }
        try {
            awaitEnd();
            keeper.end(Long.MAX_VALUE);
            requireNoFailure();
        } finally {
            end(pool);
            keeper.end(FAREWELL_MILLIS);
        }
        return all();
    }

    /** Until nothing is left or something has failed: others would go on for hours. */
    private synchronized void awaitEnd() {
        try {
            while (failure == null && !(running.isEmpty() && next().isEmpty())) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure = new IllegalStateException("interrupted while trials were trained", e);
        }
        requireNoFailure();
    }

    private synchronized void requireNoFailure() {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure != null) {
            throw (RuntimeException) failure;
        }
    }

    private static void end(List<Thread> pool) {
        pool.forEach(Thread::interrupt);
        long deadline = System.currentTimeMillis() + FAREWELL_MILLIS;
        try {
            for (Thread thread : pool) {
                thread.join(Math.max(1, deadline - System.currentTimeMillis()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        try {
            for (Optional<Step> step = take(); step.isPresent(); step = take()) {
                ended(train.apply(step.get()));
            }
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    private synchronized Optional<Step> take() {
        Optional<Step> step = next();
        while (step.isEmpty() && failure == null && !running.isEmpty()) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
            step = next();
        }
        if (failure != null) {
            return Optional.empty();
        }
        step.ifPresent(taken -> running.add(taken.trial()));
        return step;
    }

    private Optional<Step> next() {
        return promotions.next(trials.values(), running, wanted);
    }

    private synchronized void ended(Trial trial) {
        trials.put(trial.number(), trial);
        keeper.keep(List.copyOf(trials.values()));
        running.remove(trial.number());
        notifyAll();
    }

    private synchronized void failed(Throwable why) {
        failure = failure == null ? why : failure;
        notifyAll();
    }

    private synchronized List<Trial> all() {
        return List.copyOf(trials.values());
    }
}
