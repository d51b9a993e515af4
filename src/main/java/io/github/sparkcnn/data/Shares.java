package io.github.sparkcnn.data;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PackedBuilder;
import io.github.sparkcnn.image.PackedImages;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * A data set dealt to workers like cards: partition {@code w} holds one {@link PackedImages} with the images
 * {@code w, w + workers, w + 2·workers …} in that order, however the input was partitioned. In memory until closed.
 *
 * @param images exactly one element a partition; empty where there are more workers than images
 * @param sizes images of each worker
 */
public record Shares(JavaRDD<PackedImages> images, ImageShape shape, List<Integer> sizes) implements AutoCloseable {

    public Shares {
        sizes = List.copyOf(sizes);
    }

    /** Moves the slices to their workers and counts what arrived. */
    static Shares of(JavaPairRDD<Integer, PackedImages> slices, ImageShape shape, int expected, int workers) {
        JavaRDD<PackedImages> images = slices.partitionBy(new ByWorker(workers))
                .mapPartitions(new Merge(shape), true)
                .persist(StorageLevel.MEMORY_AND_DISK());
        try {
            Shares shares =
                    new Shares(images, shape, images.map(PackedImages::size).collect());
            if (shares.size() != expected) {
                throw new IllegalStateException("counted " + expected + " images and dealt " + shares.size());
            }
            return shares;
        } catch (Throwable e) {
            images.unpersist(false);
            throw e;
        }
    }

    /** The number of workers. */
    public int workers() {
        return sizes.size();
    }

    /** The number of images of all workers. */
    public int size() {
        return sizes.stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public void close() {
        images.unpersist(false);
    }

    /** The key is the partition. */
    private static final class ByWorker extends Partitioner {
        private static final long serialVersionUID = 1L;
        private final int workers;

        ByWorker(int workers) {
            this.workers = workers;
        }

        @Override
        public int numPartitions() {
            return workers;
        }

        @Override
        public int getPartition(Object worker) {
            return (Integer) worker;
        }
    }

    /** In a task: puts a worker's slices together in the order of the data set. */
    private static final class Merge implements FlatMapFunction<Iterator<Tuple2<Integer, PackedImages>>, PackedImages> {
        private static final long serialVersionUID = 1L;
        private final ImageShape shape;

        Merge(ImageShape shape) {
            this.shape = shape;
        }

        @Override
        public Iterator<PackedImages> call(Iterator<Tuple2<Integer, PackedImages>> slices) {
            List<PackedImages> inOrder = new ArrayList<>();
            slices.forEachRemaining(slice -> inOrder.add(slice._2));
            inOrder.sort(Comparator.comparingInt(slice -> slice.indices()[0]));
            PackedBuilder share = new PackedBuilder(
                    shape, inOrder.stream().mapToInt(PackedImages::size).sum());
            for (PackedImages slice : inOrder) {
                for (int i = 0; i < slice.size(); i++) {
                    share.add(slice, i, slice.indices()[i]);
                }
            }
            return List.of(share.build()).iterator();
        }
    }
}
