package io.github.sparkcnn.data.column;

import io.github.sparkcnn.data.format.LeftOut;
import io.github.sparkcnn.data.pack.Packing;
import io.github.sparkcnn.data.pack.Reading;
import io.github.sparkcnn.image.MalformedImage;
import io.github.sparkcnn.image.PackedBuilder;
import io.github.sparkcnn.io.DataFile;
import io.github.sparkcnn.io.Md5;
import java.util.Iterator;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.catalyst.InternalRow;

/** In a task: the rows of one partition become packed images. */
final class PackLabelled implements Function2<Integer, Iterator<InternalRow>, Iterator<Reading>> {
    private static final long serialVersionUID = 1L;

    private final ImageColumn image;
    private final Labels labels;
    private final MalformedRows malformed;
    private final String summed;

    /**
     * Of a table.
     *
     * @param summed the name under which the images are summed up; empty where files are
     */
    PackLabelled(ImageColumn image, Labels labels, MalformedRows malformed, String summed) {
        this.image = image;
        this.labels = labels;
        this.malformed = malformed;
        this.summed = summed;
    }

    @Override
    public Iterator<Reading> call(Integer partition, Iterator<InternalRow> rows) {
        Rows images = new Rows(partition, rows);
        Iterator<Reading> packed = new Packing(image.shape(), images::addTo);
        return summed.isEmpty() ? packed : new Summed(packed, images);
    }

    private final class Rows {
        private final Iterator<InternalRow> rows;
        private final LeftOut.InPart dropped;
        private final Md5 md5 = new Md5();
        private long images;

        Rows(int partition, Iterator<InternalRow> rows) {
            this.dropped = new LeftOut.InPart(partition);
            this.rows = rows;
        }

        boolean addTo(PackedBuilder block) {
            while (rows.hasNext()) {
                if (add(rows.next(), block)) {
                    return true;
                }
            }
            malformed.leftOut().add(dropped);
            return false;
        }

        /** Whether the row is an image, which is added. */
        private boolean add(InternalRow row, PackedBuilder block) {
            try {
                int label = labels.of(row);
                byte[] pixels = image.reader().read(row);
                block.add(label, pixels, block.size());
                if (!summed.isEmpty()) {
                    md5.add(new byte[] {(byte) (label >> 24), (byte) (label >> 16), (byte) (label >> 8), (byte) label});
                    md5.add(pixels);
                    images++;
                }
                return true;
            } catch (MalformedImage e) {
                malformed.meet(row, e.getMessage(), dropped);
                return false;
            }
        }

        private DataFile sum() {
            return new DataFile(summed, images * (Integer.BYTES + image.shape().size()), md5.hex());
        }
    }

    /** The images, and behind them their sum. */
    private static final class Summed implements Iterator<Reading> {
        private final Iterator<Reading> packed;
        private final Rows images;
        private boolean isSummed;

        Summed(Iterator<Reading> packed, Rows images) {
            this.packed = packed;
            this.images = images;
        }

        @Override
        public boolean hasNext() {
            return packed.hasNext() || !isSummed;
        }

        @Override
        public Reading next() {
            if (packed.hasNext()) {
                return packed.next();
            }
            isSummed = true;
            return new Reading.Checked(images.sum());
        }
    }
}
