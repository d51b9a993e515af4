package io.github.sparkcnn.data.pack;

import io.github.sparkcnn.data.job.JobName;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PackedImages;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.storage.StorageLevel;

/**
 * A data set dealt to workers like cards: partition {@code w} holds the cards {@code w, w + workers, w + 2·workers …} in that
 * order, a card being an image or a batch of them, however the input was partitioned, block by block: neither 2 GiB nor the heap bounds it. Kept by Spark until closed.
 */
public final class Shares implements AutoCloseable {
    private final JavaRDD<PackedImages> images;
    private final ImageShape shape;
    private final List<Integer> sizes;
    private final int run;
    private final OpenShare open;

    private Shares(JavaRDD<PackedImages> images, ImageShape shape, List<Integer> sizes, int run, OpenShare open) {
        this.images = images;
        this.shape = shape;
        this.sizes = sizes;
        this.run = run;
        this.open = open;
    }

    /**
     * Moves images to their workers and counts what arrived.
     *
     * @param indexed blocks whose images have the indices {@code 0 … count − 1}
     * @param run images that are dealt together, as one card; 1 for training
     * @param cycle cards after which worker 0 is next, whoever would be; the number of workers or more
     * @param owner of the shares
     */
    static Shares deal(
            JavaRDD<PackedImages> indexed,
            ImageShape shape,
            int count,
            int workers,
            int run,
            int cycle,
            OpenShare.Run owner,
            ShareLimits limits) {
        long runs = ((long) count + run - 1) / run;
        long largest = (runs / cycle * ofFirst(cycle, workers) + ofFirst(runs % cycle, workers)) * run * shape.size();
        boolean mapped = largest > limits.heapBytes();
        JavaRDD<PackedImages> images = indexed.mapPartitionsToPair(
                        new SliceByWorker(workers, run, cycle, limits.sliceBytes()))
                .repartitionAndSortWithinPartitions(new SliceKey.ByWorker(workers), new SliceKey.InOrder())
                .mapPartitions(new MergeSlices(shape, limits.blockBytes()), true)
                // Spark would try to bring a partition back into memory every time that it is read from disk.
                .persist(mapped ? StorageLevel.DISK_ONLY() : StorageLevel.MEMORY_AND_DISK());
        try {
            List<Integer> sizes = JobName.during(
                    images.context(),
                    "Dealing " + count + " images to " + (workers == 1 ? "1 worker" : workers + " workers"),
                    images.mapPartitions(new Count())::collect);
            int dealt = sizes.stream().mapToInt(Integer::intValue).sum();
            if (dealt != count) {
                throw new IllegalStateException("counted " + count + " images and dealt " + dealt);
            }
            OpenShare open = new OpenShare(owner, shape, mapped);
            return new Shares(images, shape, List.copyOf(sizes), run, open);
        } catch (Throwable e) {
            images.unpersist(false);
            throw e;
        }
    }

    /** The cards of worker 0 of so many. */
    private static long ofFirst(long cards, int workers) {
        return (cards + workers - 1) / workers;
    }

    /**
     * The same images dealt to another number of workers, as if they had been dealt to them at first. These stay until closed.
     *
     * @param cycle images after which worker 0 is next, whoever would be; the number of workers or more
     */
    public Shares dealtTo(int workers, int cycle) {
        ShareLimits limits = limits(workers).oneByOne();
        return deal(images, shape, Math.toIntExact(size()), workers, run, cycle, owner().dealtAgain(), limits);
    }

    /** The same for images that the workers of others have besides. */
    public Shares dealtBeside(Shares training) {
        return deal(
                images,
                shape,
                Math.toIntExact(size()),
                training.workers(),
                run,
                training.workers(),
                training.owner().next(),
                limits(training.workers()).beside().oneByOne());
    }

    private ShareLimits limits(int workers) {
        return ShareLimits.of(JavaSparkContext.fromSparkContext(images.context()), workers, owner().atOnce());
    }

    /** The blocks, at least one a partition, which is empty where there are more workers than images. */
    public JavaRDD<PackedImages> images() {
        return images;
    }

    /** One element a partition: its share, open for reading in any order. One too large for the heap is in a file. */
    public JavaRDD<Share> opened() {
        return images.mapPartitions(open, true);
    }

    /** The only worker's share in this process: one in a file of this process as it is, any other fetched block by block. */
    public Share fetch() {
        if (workers() != 1) {
            throw new IllegalStateException("there are the shares of " + workers() + " workers");
        }
        Share share = openedHere()
                .orElseGet(() -> Share.of(
                        shape,
                        new FetchedBlocks(images),
                        size() * shape.size() > ShareLimits.ofDriver(owner().atOnce())));
        if (share.size() != size()) {
            throw new IllegalStateException("dealt " + size() + " images and fetched " + share.size());
        }
        return share;
    }

    /** Where the executor is this process; fetching would read the blocks before each few again. */
    private Optional<Share> openedHere() {
        if (!open.isMapped()
                || !JavaSparkContext.fromSparkContext(images.context()).isLocal()) {
            return Optional.empty();
        }
        opened().count();
        return open.kept(0);
    }

    /** What these belong to. */
    OpenShare.Run owner() {
        return open.run();
    }

    public ImageShape shape() {
        return shape;
    }

    /** Images of each worker, in the order of the workers. */
    public List<Integer> sizes() {
        return sizes;
    }

    /** The number of workers. */
    public int workers() {
        return sizes.size();
    }

    /** The number of images of all workers. */
    public long size() {
        return sizes.stream().mapToLong(Integer::longValue).sum();
    }

    @Override
    public void close() {
        open.free();
        images.unpersist(false);
    }

    /** In a task: counts the images of a partition. */
    private static final class Count implements FlatMapFunction<Iterator<PackedImages>, Integer> {
        private static final long serialVersionUID = 1L;

        @Override
        public Iterator<Integer> call(Iterator<PackedImages> blocks) {
            int count = 0;
            while (blocks.hasNext()) {
                count += blocks.next().size();
            }
            return IntStream.of(count).iterator();
        }
    }
}
