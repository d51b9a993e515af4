package io.github.sparkcnn.train.feed;

import io.github.sparkcnn.data.minibatch.Minibatches;
import io.github.sparkcnn.image.Minibatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Makes minibatches on a thread of their own, the next one while a step is made of the one before. */
final class Ahead implements AutoCloseable {
    private static final int NONE = -1;

    private final Minibatches minibatches;

    /** One is being trained on, one made. */
    private final Minibatch[] rooms;

    private final ExecutorService maker = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "sparkcnn minibatches");
        thread.setDaemon(true);
        return thread;
    });
    private Future<Minibatch> coming;
    private int number = NONE;

    Ahead(Minibatches minibatches) {
        this.minibatches = minibatches;
        rooms = new Minibatch[] {minibatches.room(), minibatches.room()};
    }

    /** One that was begun before comes to its end, and is left. */
    void startEpoch(int epoch, int rank) {
        number = NONE;
        await(maker.submit(() -> {
            minibatches.startEpoch(epoch, rank);
            return rank;
        }));
    }

    /** Valid until the next call. */
    Minibatch get(int i) {
        Minibatch due = await(number == i ? coming : make(i));
        number = i + 1 < minibatches.count() ? i + 1 : NONE;
        if (number != NONE) {
            coming = make(number);
        }
        return due;
    }

    private Future<Minibatch> make(int i) {
        return maker.submit(() -> minibatches.get(i, rooms[i % rooms.length]));
    }

    private static <T> T await(Future<T> work) {
        try {
            return work.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a minibatch was not made", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Waits for the minibatch that is being made: the images may be gone after this. */
    @Override
    public void close() {
        maker.shutdown();
        try {
            maker.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
