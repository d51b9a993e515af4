package io.github.sparkcnn.data.pack;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PackedImages;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;

/**
 * In a task: opens a worker's share. One in a file is kept in the executor for the tasks to come; it is only read, so tasks of a
 * stage's attempt before may still be reading it too. Where Spark moves a partition to another executor, that one makes its own.
 */
final class OpenShare implements FlatMapFunction<Iterator<PackedImages>, Share> {
    private static final long serialVersionUID = 1L;
    /** Of this executor. It works for one run at a time and one deal of its images, so the shares of others go when a new one comes. */
    private static final Map<Key, Share> MAPPED = new ConcurrentHashMap<>();

    private final Run run;
    private final ImageShape shape;
    private final boolean mapped;

    private record Key(Run run, int partition) {}

    /**
     * What shares belong to.
     *
     * @param id of the run, whose shares may be in an executor at the same time
     * @param atOnce how many runs are trained at the same time, this one among them
     * @param deal how often its images had been dealt before
     * @param set of images in it
     */
    record Run(String id, int atOnce, int deal, int set) implements Serializable {

        static Run first(int atOnce) {
            return new Run(UUID.randomUUID().toString(), atOnce, 0, 0);
        }

        Run next() {
            return new Run(id, atOnce, deal, set + 1);
        }

        /** The same images, dealt again. */
        Run dealtAgain() {
            return new Run(id, atOnce, deal + 1, set);
        }

        boolean outlives(Run other) {
            return !id.equals(other.id) || deal > other.deal;
        }
    }

    /**
     * Opens shares.
     *
     * @param mapped whether the shares are too large for the heap
     */
    OpenShare(Run run, ImageShape shape, boolean mapped) {
        this.run = run;
        this.shape = shape;
        this.mapped = mapped;
    }

    @Override
    public Iterator<Share> call(Iterator<PackedImages> blocks) {
        if (!mapped) {
            return List.of(Share.of(shape, blocks, false)).iterator();
        }
        MAPPED.keySet().removeIf(key -> run.outlives(key.run));
        Key key = new Key(run, TaskContext.getPartitionId());
        return List.of(MAPPED.computeIfAbsent(key, absent -> Share.of(shape, blocks, true)))
                .iterator();
    }

    Run run() {
        return run;
    }

    /** Whether the shares are in files, and kept. */
    boolean isMapped() {
        return mapped;
    }

    /** The share of a partition, if it is kept in this process. */
    Optional<Share> kept(int partition) {
        return Optional.ofNullable(MAPPED.get(new Key(run, partition)));
    }

    /** Lets go of what is kept in this process. */
    void free() {
        MAPPED.keySet().removeIf(key -> key.run.equals(run));
    }
}
