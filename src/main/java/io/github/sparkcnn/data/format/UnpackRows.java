package io.github.sparkcnn.data.format;

import io.github.sparkcnn.data.pack.Reading;
import io.github.sparkcnn.image.PackedImages;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** In a task: the packed images of one partition become rows {@code (label, pixels)}, one after the other. */
public final class UnpackRows implements FlatMapFunction<Iterator<Reading>, Row> {
    private static final long serialVersionUID = 1L;

    /** What label i is written as; null where rows hold the label itself. */
    private final String[] written;

    /** Rows with the label itself. */
    public UnpackRows() {
        this(Optional.empty());
    }

    /** Rows with what the label is written as. */
    UnpackRows(Optional<List<String>> written) {
        this.written = written.map(values -> values.toArray(String[]::new)).orElse(null);
    }

    @Override
    public Iterator<Row> call(Iterator<Reading> readings) {
        return new Rows(Reading.blocks(readings));
    }

    private final class Rows implements Iterator<Row> {
        private final Iterator<PackedImages> blocks;
        private PackedImages block;
        private int next;

        Rows(Iterator<PackedImages> blocks) {
            this.blocks = blocks;
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
        public Row next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            int size = block.shape().size();
            byte[] pixels = Arrays.copyOfRange(block.pixels(), next * size, (next + 1) * size);
            int label = block.label(next++);
            return written == null ? RowFactory.create(label, pixels) : RowFactory.create(written[label], pixels);
        }
    }
}
