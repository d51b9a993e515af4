package io.github.sparkcnn.data.format;

import io.github.sparkcnn.data.pack.Reading;
import io.github.sparkcnn.image.PackedImages;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/** In a task: the packed images of one partition become rows {@code (label, pixels)}, one after the other. */
public final class UnpackRows implements FlatMapFunction<Iterator<Reading>, InternalRow> {
    private static final long serialVersionUID = 1L;

    /** What label i is written as; null where rows hold the label itself. */
    private final String[] written;

    private UnpackRows(Optional<List<String>> written) {
        this.written = written.map(values -> values.toArray(String[]::new)).orElse(null);
    }

    /**
     * The rows of images.
     *
     * @param schema of two columns, the label and its pixels
     * @param written what label i is written as, a text; where empty, rows hold the label itself
     */
    public static Dataset<Row> of(
            SparkSession spark, JavaRDD<Reading> readings, StructType schema, Optional<List<String>> written) {
        return EitherSpark.table(spark, readings.mapPartitions(new UnpackRows(written)), schema);
    }

    @Override
    public Iterator<InternalRow> call(Iterator<Reading> readings) {
        return new Rows(Reading.blocks(readings));
    }

    private final class Rows implements Iterator<InternalRow> {
        private final Iterator<PackedImages> blocks;
        private final UTF8String[] texts;
        /** One for all rows, as Spark's own iterators have it. */
        private final GenericInternalRow row = new GenericInternalRow(2);

        private PackedImages block;
        private int next;

        Rows(Iterator<PackedImages> blocks) {
            this.blocks = blocks;
            this.texts = written == null
                    ? null
                    : Arrays.stream(written).map(UTF8String::fromString).toArray(UTF8String[]::new);
        }

        @Override
        public boolean hasNext() {
            while ((block == null || next == block.size()) && blocks.hasNext()) {
                block = blocks.next();
                next = 0;
            }
            return block != null && next < block.size();
        }

        @Override
        public InternalRow next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            int size = block.shape().size();
            int label = block.label(next);
            row.update(0, texts == null ? (Object) label : texts[label]);
            row.update(1, Arrays.copyOfRange(block.pixels(), next * size, (next + 1) * size));
            next++;
            return row;
        }
    }
}
