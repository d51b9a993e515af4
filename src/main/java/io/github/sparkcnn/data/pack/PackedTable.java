package io.github.sparkcnn.data.pack;

import io.github.sparkcnn.data.job.JobName;
import io.github.sparkcnn.image.Classes;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.io.DataFile;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;

/**
 * All images of a data set, read once and packed: their blocks on the executors, in memory or on disk until closed, their labels
 * in the driver. An image's position is its place in the order of the partitions; what is done with some of the images is done
 * with their positions.
 */
public final class PackedTable implements AutoCloseable {
    private final String name;
    /** As they were read, with labels that may not be classes yet. */
    private final JavaRDD<Reading> kept;

    private final JavaRDD<Reading> readings;
    private final ImageShape shape;
    private final Classes classes;
    private final int[] labels;
    /** Position of the first image of each partition. */
    private final int[] offsets;

    private final List<DataFile> files;

    private PackedTable(
            String name, JavaRDD<Reading> kept, ImageShape shape, Optional<Classes> known, List<PartSummary> parts) {
        this.name = name;
        this.kept = kept;
        this.shape = shape;
        int[] read = PartSummary.joined(parts.stream().map(PartSummary::labels).toList());
        this.classes = known.orElseGet(() -> FoundClasses.of(name, read));
        Classify classify = new Classify(name, classes, Optional.empty());
        this.labels = known.isPresent() ? read : classify.of(read);
        this.readings = known.isPresent() ? kept : kept.map(classify);
        this.offsets = offsets(parts);
        this.files = files(parts);
    }

    /**
     * Reads, in one Spark job.
     *
     * @param name of the data set, for messages
     * @param readings that nobody else keeps
     * @param classes that the labels are; where empty, those that occur
     */
    public static PackedTable read(
            String name, JavaRDD<Reading> readings, ImageShape shape, Optional<Classes> classes) {
        JavaRDD<Reading> kept = readings.persist(StorageLevel.MEMORY_AND_DISK());
        try {
            return new PackedTable(
                    name,
                    kept,
                    shape,
                    classes,
                    JobName.during(
                            kept.context(), "Reading " + name, kept.mapPartitions(new PartSummary.Read())::collect));
        } catch (Throwable e) {
            kept.unpersist(false);
            throw e;
        }
    }

    private static int[] offsets(List<PartSummary> parts) {
        int[] offsets = new int[parts.size()];
        for (int i = 1; i < offsets.length; i++) {
            offsets[i] = offsets[i - 1] + parts.get(i - 1).labels().length;
        }
        return offsets;
    }

    private static List<DataFile> files(List<PartSummary> parts) {
        Map<String, List<DataFile>> byPath = parts.stream()
                .flatMap(part -> part.files().stream())
                .collect(Collectors.groupingBy(DataFile::path, TreeMap::new, Collectors.toList()));
        return byPath.values().stream().map(DataFile::joined).toList();
    }

    /** The number of images. */
    public int size() {
        return labels.length;
    }

    /** The files in the order of their names, with the sums of the bytes that were read. */
    public List<DataFile> files() {
        return files;
    }

    /** The classes that the images are of. */
    public Classes classes() {
        return classes;
    }

    /** Every image. */
    public Selection all() {
        BitSet positions = new BitSet(size());
        positions.set(0, size());
        return new Selection(this, positions);
    }

    String name() {
        return name;
    }

    JavaRDD<Reading> readings() {
        return readings;
    }

    ImageShape shape() {
        return shape;
    }

    int label(int position) {
        return labels[position];
    }

    int[] offsets() {
        return offsets;
    }

    @Override
    public void close() {
        kept.unpersist(false);
    }
}
