package io.github.sparkcnn.data;

import io.github.sparkcnn.data.pack.Reading;
import io.github.sparkcnn.image.PackedImages;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** In a task: the packed images of one partition become rows {@code (label, pixels)}, one after the other. */
final class UnpackRows implements FlatMapFunction<Iterator<Reading>, Row> {
    private static final long serialVersionUID = 1L;

    @Override
    public Iterator<Row> call(Iterator<Reading> readings) {
        return new Rows(Reading.blocks(readings));
    }

    private static final class Rows implements Iterator<Row> {
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
            return RowFactory.create(block.label(next++), pixels);
        }
    }
}
