package io.github.sparkcnn.data.csv;

import io.github.sparkcnn.data.format.WholeFiles;
import io.github.sparkcnn.image.MalformedImage;
import io.github.sparkcnn.io.Storage;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.unsafe.types.UTF8String;
import org.apache.spark.util.SerializableConfiguration;

/** In a task: the lines of one part become rows of the other columns' texts, the label, the image and what is wrong with it. */
final class ReadRows implements FlatMapFunction<CsvPart, InternalRow> {
    private static final long serialVersionUID = 1L;

    private final SerializableConfiguration hadoop;
    private final CsvColumns columns;
    private final boolean numberedLabels;

    ReadRows(SerializableConfiguration hadoop, CsvColumns columns, boolean numberedLabels) {
        this.hadoop = hadoop;
        this.columns = columns;
        this.numberedLabels = numberedLabels;
    }

    @Override
    public Iterator<InternalRow> call(CsvPart part) {
        Storage storage = Storage.ofCluster(hadoop.value());
        return new Rows(CsvLines.of(part, WholeFiles.open(storage, part.path(), part.start())));
    }

    private final class Rows implements Iterator<InternalRow> {
        private final CsvLines lines;
        private final CsvRow row = new CsvRow(columns.withoutLabel(), CsvLabels.numbers(Optional.empty()));
        private final CsvFields fields = new CsvFields();
        /** The columns beside the image in the order of the row, the label's last. */
        private final List<Integer> kept = new ArrayList<>(columns.others());

        private final int last;
        private InternalRow next;

        Rows(CsvLines lines) {
            this.lines = lines;
            if (columns.hasLabel()) {
                kept.add(columns.label());
            }
            last = kept.stream().mapToInt(Integer::intValue).max().orElse(CsvColumns.NONE);
        }

        @Override
        public boolean hasNext() {
            if (next == null && lines.nextRow(columns)) {
                next = read();
            }
            return next != null;
        }

        @Override
        public InternalRow next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            InternalRow given = next;
            next = null;
            return given;
        }

        private InternalRow read() {
            GenericInternalRow values = new GenericInternalRow(kept.size() + 2);
            try {
                keep(values);
                row.parse(lines.bytes(), lines.length());
                values.update(kept.size(), row.pixels().clone());
            } catch (MalformedImage e) {
                values.update(
                        kept.size() + 1,
                        UTF8String.fromString("the row at byte " + lines.start() + " " + e.getMessage()));
            }
            return values;
        }

        private void keep(GenericInternalRow values) {
            fields.of(lines.bytes(), lines.length());
            for (int column = 0; column <= last && fields.next(); column++) {
                int place = kept.indexOf(column);
                if (place >= 0) {
                    values.update(place, column == columns.label() ? label() : UTF8String.fromString(fields.text()));
                }
            }
        }

        /** Nothing where it is none: predictions need no label. */
        private Object label() {
            if (!numberedLabels) {
                return UTF8String.fromString(fields.text().strip());
            }
            try {
                return (int) fields.whole();
            } catch (MalformedImage e) {
                return null;
            }
        }
    }
}
