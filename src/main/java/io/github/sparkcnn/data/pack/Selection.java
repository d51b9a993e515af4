package io.github.sparkcnn.data.pack;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.Holdout;
import io.github.sparkcnn.data.job.JobName;
import io.github.sparkcnn.image.PackedBuilder;
import io.github.sparkcnn.image.PackedImages;
import java.util.BitSet;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Some images of a table, by their positions and in that order; an image's index is its place among them. Usable until the table
 * is closed.
 */
public final class Selection {
    private final PackedTable table;
    private final BitSet positions;

    Selection(PackedTable table, BitSet positions) {
        this.table = table;
        this.positions = positions;
    }

    /** Two parts of a data set, each in its order. */
    public record HeldOut(Selection training, Selection validation) {}

    /** The number of images. */
    public int size() {
        return positions.cardinality();
    }

    /**
     * So many of the images, as many of each class as its share of all, in their order; chosen by the seed, however the files are
     * split.
     */
    public Selection sample(int images, long seed) {
        if (size() < images) {
            throw new UserException(
                    "choose " + images + " images of " + table.name(),
                    "it holds " + size(),
                    "Lower data.train-images or set it to null");
        }
        return at(StratifiedSample.choose(labels(), images, seed));
    }

    /** Takes a validation set out of the images. */
    public HeldOut holdOut(Holdout holdout, long seed) {
        BitSet validation = ValidationImages.choose(labels(), holdout, seed, table.name());
        BitSet training = (BitSet) validation.clone();
        training.flip(0, size());
        return new HeldOut(at(training), at(validation));
    }

    /** The share of each worker, in memory or on disk until closed. Image {@code i} goes to worker {@code i mod workers}. */
    public Shares deal(int workers) {
        return deal(workers, limits(workers, 1));
    }

    /**
     * The same where so many images make a step of all workers together: image {@code i} is in place {@code p = i mod total} of a step,
     * and goes to worker {@code p mod workers}, so that each has as many images in one step as in another.
     *
     * @param atOnce runs that are trained at the same time, of which each may take its part of the memory
     */
    public Shares dealSteps(int workers, int total, int atOnce) {
        return deal(workers, total, OpenShare.Run.first(atOnce), limits(workers, atOnce));
    }

    private ShareLimits limits(int workers, int atOnce) {
        return ShareLimits.of(JavaSparkContext.fromSparkContext(table.readings().context()), workers, atOnce);
    }

    Shares deal(int workers, ShareLimits limits) {
        return deal(workers, workers, OpenShare.Run.first(1), limits);
    }

    private Shares deal(int workers, int cycle, OpenShare.Run owner, ShareLimits limits) {
        return Shares.deal(chosen(), table.shape(), size(), workers, 1, cycle, owner, limits);
    }

    /**
     * The share of each worker of images that are predicted, not trained on: batch {@code k} goes to worker {@code k mod workers}, so
     * that each batch is the same one however many workers there are.
     *
     * @param training what the workers have besides
     * @param batch images
     */
    public Shares dealBatches(Shares training, int batch) {
        return Shares.deal(
                chosen(),
                table.shape(),
                size(),
                training.workers(),
                batch,
                training.workers(),
                training.owner().next(),
                limits(training.workers(), training.owner().atOnce()).beside());
    }

    /** The first of the images, or all where there are fewer. */
    public Selection first(int images) {
        BitSet places = new BitSet(images);
        places.set(0, Math.min(images, size()));
        return at(places);
    }

    /** The images at these places among those selected, in this order and with the places as their indices, in the driver. */
    public PackedImages collect(List<Integer> places) {
        BitSet chosen = new BitSet();
        places.forEach(chosen::set);
        List<Integer> ascending = places.stream().sorted().toList();
        return at(chosen)
                .collect()
                .at(places.stream().map(ascending::indexOf).toList())
                .indexed(places.stream().mapToInt(Integer::intValue).toArray());
    }

    /** All images in the driver. */
    public PackedImages collect() {
        PackedBuilder all = new PackedBuilder(table.shape(), size());
        for (PackedImages block :
                JobName.during(table.readings().context(), "Fetching images of " + table.name(), chosen()::collect)) {
            for (int i = 0; i < block.size(); i++) {
                all.add(block, i, block.indices()[i]);
            }
        }
        if (all.size() != size()) {
            throw new IllegalStateException("counted " + size() + " images and collected " + all.size());
        }
        return all.build();
    }

    private JavaRDD<PackedImages> chosen() {
        return table.readings().mapPartitionsWithIndex(new Choose(positions, table.offsets()), true);
    }

    private int[] labels() {
        return positions.stream().map(table::label).toArray();
    }

    /** The images at these places among those selected. */
    private Selection at(BitSet places) {
        BitSet chosen = new BitSet(positions.length());
        int place = 0;
        for (int i = positions.nextSetBit(0); i >= 0; i = positions.nextSetBit(i + 1)) {
            chosen.set(i, places.get(place++));
        }
        return new Selection(table, chosen);
    }
}
