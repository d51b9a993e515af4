package io.github.sparkcnn.data;

import io.github.sparkcnn.config.DataConfig;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.lib.input.FileSplit;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import scala.Tuple2;

/** In a task: the lines of one split become rows {@code (label, pixels)}. */
final class CsvSplit implements Function2<InputSplit, Iterator<Tuple2<LongWritable, Text>>, Iterator<Row>> {
    private static final long serialVersionUID = 1L;

    private final CsvLayout layout;
    private final DataConfig.Malformed malformed;
    private final DroppedRows dropped;

    CsvSplit(CsvLayout layout, DataConfig.Malformed malformed, DroppedRows dropped) {
        this.layout = layout;
        this.malformed = malformed;
        this.dropped = dropped;
    }

    @Override
    public Iterator<Row> call(InputSplit split, Iterator<Tuple2<LongWritable, Text>> lines) {
        return new Rows((FileSplit) split, lines);
    }

    private final class Rows implements Iterator<Row> {
        private final FileSplit split;
        private final Iterator<Tuple2<LongWritable, Text>> lines;
        private Row row;
        private long droppedHere;

        Rows(FileSplit split, Iterator<Tuple2<LongWritable, Text>> lines) {
            this.split = split;
            this.lines = lines;
        }

        @Override
        public boolean hasNext() {
            while (row == null && lines.hasNext()) {
                row = parse(lines.next());
                if (!lines.hasNext() && droppedHere > 0) {
                    dropped.add(new DroppedRows.InSplit(split.getPath() + "@" + split.getStart(), droppedHere));
                }
            }
            return row != null;
        }

        @Override
        public Row next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Row next = row;
            row = null;
            return next;
        }

        /** The row of a line, or null where it is none. */
        private Row parse(Tuple2<LongWritable, Text> numbered) {
            byte[] line = numbered._2.getBytes();
            int length = numbered._2.getLength();
            if (CsvRow.isBlank(line, length) || (numbered._1.get() == 0 && CsvRow.isHeader(line, length))) {
                return null;
            }
            byte[] pixels = new byte[layout.shape().size()];
            try {
                return RowFactory.create(CsvRow.parse(line, length, layout.classes(), pixels), pixels);
            } catch (CsvRow.Malformed e) {
                if (malformed == DataConfig.Malformed.FAIL) {
                    // Names the byte: the driver finds the row's number when it reports.
                    throw BadImages.in(
                            split.getPath(),
                            "the row at byte " + numbered._1 + " " + e.getMessage(),
                            "Correct the row, or set data.malformed = drop to leave bad rows out");
                }
                droppedHere++;
                return null;
            }
        }
    }
}
