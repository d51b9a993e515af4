package io.github.sparkcnn.data;

import io.github.sparkcnn.io.Storage;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.zip.ZipException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;

/** The images {@code from … to − 1} of a pair of IDX files. */
record IdxRange(
        String images, IdxHeader imageHeader, String labels, IdxHeader labelHeader, int from, int to, int classes)
        implements Serializable {

    /** In a task: the range's rows {@code (label, pixels)}. */
    static final class Read implements FlatMapFunction<IdxRange, Row> {
        private static final long serialVersionUID = 1L;
        private final SerializableConfiguration hadoop;

        Read(SerializableConfiguration hadoop) {
            this.hadoop = hadoop;
        }

        @Override
        public Iterator<Row> call(IdxRange range) {
            Rows rows = new Rows(range, Storage.ofCluster(hadoop.value()));
            TaskContext.get().addTaskCompletionListener((TaskCompletionListener) ended -> rows.close());
            return rows;
        }
    }

    private static final class Rows implements Iterator<Row> {
        private final IdxRange range;
        private final Items images;
        private final Items labels;
        private int next;

        Rows(IdxRange range, Storage storage) {
            this.range = range;
            this.images = new Items(storage, new Path(range.images), range.imageHeader, range.from);
            this.labels = new Items(storage, new Path(range.labels), range.labelHeader, range.from);
            this.next = range.from;
        }

        @Override
        public boolean hasNext() {
            return next < range.to;
        }

        @Override
        public Row next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            byte[] pixels = images.item(next);
            int label = labels.item(next)[0] & 0xff;
            if (label >= range.classes) {
                throw BadImages.in(
                        labels.file,
                        "label " + label + " at byte " + (range.labelHeader.length() + next) + " (image " + next
                                + ") is outside 0.." + (range.classes - 1),
                        "Name labels for every class in data.labels");
            }
            next++;
            if (next == range.imageHeader.count()) {
                images.requireEnd();
                labels.requireEnd();
            }
            return RowFactory.create(label, pixels);
        }

        void close() {
            images.close();
            labels.close();
        }
    }

    /** The items of one file, one after the other. */
    private static final class Items {
        private final Path file;
        private final IdxHeader header;
        private final InputStream in;

        Items(Storage storage, Path file, IdxHeader header, int from) {
            this.file = file;
            this.header = header;
            try {
                this.in = IdxHeader.decompressed(storage, file);
                in.skipNBytes(header.length() + (long) from * header.itemSize());
            } catch (EOFException e) {
                throw BadImages.in(
                        file,
                        "it is truncated: it ends before item " + from + " of " + header.count(),
                        "Download the file again");
            } catch (IOException e) {
                throw damaged(from, e);
            }
        }

        byte[] item(int number) {
            byte[] item = new byte[header.itemSize()];
            try {
                if (in.readNBytes(item, 0, item.length) < item.length) {
                    throw new EOFException("end of file");
                }
                return item;
            } catch (IOException e) {
                throw damaged(number, e);
            }
        }

        void requireEnd() {
            try {
                if (in.read() >= 0) {
                    throw BadImages.in(
                            file,
                            "it is longer than its header says: bytes follow item " + header.count(),
                            "Download the file again");
                }
            } catch (IOException e) {
                throw damaged(header.count(), e);
            }
        }

        private RuntimeException damaged(int number, IOException e) {
            if (e instanceof EOFException) {
                return BadImages.in(
                        file,
                        "it is truncated: it ends in item " + number + " of " + header.count(),
                        "Download the file again");
            }
            if (e instanceof ZipException) {
                return BadImages.in(
                        file,
                        "its gzip stream is damaged in item " + number + " of " + header.count() + " (" + e.getMessage()
                                + ")",
                        "Download the file again");
            }
            return new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }

        void close() {
            try {
                in.close();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot close " + file + ": " + e.getMessage(), e);
            }
        }
    }
}
