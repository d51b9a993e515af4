package io.github.sparkcnn.data;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.data.format.Diagnosis;
import io.github.sparkcnn.data.format.ImageFiles;
import io.github.sparkcnn.data.pack.Packing;
import io.github.sparkcnn.data.pack.Reading;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PackedBuilder;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** In a task: the rows {@code (label, pixels)} of one partition become packed images. */
final class PackRows implements FlatMapFunction<Iterator<InternalRow>, Reading> {
    private static final long serialVersionUID = 1L;

    private final ImageShape shape;

    private PackRows(ImageShape shape) {
        this.shape = shape;
    }

    static ImageFiles of(String name, Dataset<Row> rows, ImageShape shape) {
        requireColumns(rows.schema());
        // Spark's own rows: Dataset.javaRDD() would make an object of every row again.
        JavaRDD<Reading> readings = rows.select("label", "pixels")
                .queryExecution()
                .toRdd()
                .toJavaRDD()
                .mapPartitions(new PackRows(shape));
        return new ImageFiles(name, shape, readings, List.of(), Diagnosis.NONE);
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
    public Iterator<Reading> call(Iterator<InternalRow> rows) {
        return new Packing(shape, block -> rows.hasNext() && add(rows.next(), block));
    }

    private boolean add(InternalRow row, PackedBuilder block) {
        if (row.isNullAt(0) || row.isNullAt(1)) {
            throw refusal("a row without label or pixels");
        }
        byte[] pixels = row.getBinary(1);
        if (pixels.length != shape.size()) {
            throw refusal("a row of " + pixels.length + " pixels, where images are " + shape);
        }
        block.add(row.getInt(0), pixels, block.size());
        return true;
    }

    private static UserException refusal(String found) {
        return new UserException(
                "pack the images",
                "the DataFrame has " + found,
                "Correct the rows, each a label and the bytes of one image");
    }
}
