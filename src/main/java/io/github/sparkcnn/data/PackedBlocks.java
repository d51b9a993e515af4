package io.github.sparkcnn.data;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PackedBuilder;
import io.github.sparkcnn.image.PackedImages;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/** A DataFrame's images, one packed block a partition, in memory until they have been dealt or collected. */
final class PackedBlocks implements AutoCloseable {
    private final JavaRDD<PackedImages> blocks;
    private final ImageShape shape;
    /** Position of the first image of each block, and at the end the number of images. */
    private final int[] offsets;

    private PackedBlocks(JavaRDD<PackedImages> blocks, ImageShape shape, int[] offsets) {
        this.blocks = blocks;
        this.shape = shape;
        this.offsets = offsets;
    }

    /** Reads the DataFrame, once. */
    static PackedBlocks of(Dataset<Row> rows, ImageShape shape, int classes) {
        requireColumns(rows.schema());
        // Spark's own rows: Dataset.javaRDD() would make an object of every row again.
        JavaRDD<PackedImages> blocks = rows.select("label", "pixels")
                .queryExecution()
                .toRdd()
                .toJavaRDD()
                .mapPartitions(new PackRows(shape, classes))
                .persist(StorageLevel.MEMORY_AND_DISK());
        try {
            return new PackedBlocks(
                    blocks, shape, offsets(blocks.map(PackedImages::size).collect()));
        } catch (Throwable e) {
            blocks.unpersist(false);
            throw e;
        }
    }

    private static int[] offsets(List<Integer> sizes) {
        int[] offsets = new int[sizes.size() + 1];
        for (int i = 0; i < sizes.size(); i++) {
            offsets[i + 1] = Math.addExact(offsets[i], sizes.get(i));
        }
        return offsets;
    }

    int images() {
        return offsets[offsets.length - 1];
    }

    PackedImages collect() {
        PackedBuilder all = new PackedBuilder(shape, images());
        for (PackedImages block : blocks.collect()) {
            for (int i = 0; i < block.size(); i++) {
                all.add(block, i, all.size());
            }
        }
        return requireAll(all.build());
    }

    Shares deal(int workers) {
        return Shares.of(blocks.mapPartitionsToPair(new Deal(offsets, workers)), shape, images(), workers);
    }

    private PackedImages requireAll(PackedImages collected) {
        if (collected.size() != images()) {
            throw new IllegalStateException("counted " + images() + " images and collected " + collected.size());
        }
        return collected;
    }

    private static void requireColumns(StructType schema) {
        for (StructField column : ImageTable.SCHEMA.fields()) {
            boolean fits = Arrays.asList(schema.fieldNames()).contains(column.name())
                    && schema.apply(column.name()).dataType().sameType(column.dataType());
            if (!fits) {
                throw new UserException(
                        "pack the images",
                        "the DataFrame's columns are " + schema.simpleString() + ", without " + column.name() + " "
                                + column.dataType().sql(),
                        "Select label INT and pixels BINARY");
            }
        }
    }

    @Override
    public void close() {
        blocks.unpersist(false);
    }
}
