package io.github.sparkcnn.data.csv;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.io.Storage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.fs.Path;

/** Writes images as Kaggle does, {@code label,pixel1..pixelN} with a header, into one file that is whole or not there. */
public final class CsvWriter {
    private static final byte[][] NUMBERS = numbers();

    private CsvWriter() {}

    /** Through gzip where the name ends in {@code .gz}. */
    public static void write(Storage storage, Path file, PackedImages images) {
        storage.write(file, content(file.getName(), images));
    }

    public static Storage.FileContent content(String name, PackedImages images) {
        return out -> {
            if (name.endsWith(".gz")) {
                try (GZIPOutputStream zipped = new GZIPOutputStream(out, 1 << 16)) {
                    write(zipped, images);
                }
            } else {
                write(out, images);
            }
        };
    }

    private static void write(OutputStream out, PackedImages images) throws IOException {
        Line line = new Line(images.shape().size());
        line.header(images.shape().size());
        line.flush(out);
        for (int i = 0; i < images.size(); i++) {
            line.row(images, i);
            line.flush(out);
        }
    }

    private static byte[][] numbers() {
        byte[][] numbers = new byte[256][];
        for (int i = 0; i < 256; i++) {
            numbers[i] = ascii(Integer.toString(i));
        }
        return numbers;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }

    /** One line's bytes before they are written: String.format would take minutes for 60,000 images. */
    private static final class Line {
        private final byte[] bytes;
        private int length;

        Line(int pixels) {
            bytes = new byte[16 + pixels * 16];
        }

        void header(int pixels) {
            append(ascii("label"));
            for (int i = 1; i <= pixels; i++) {
                append(ascii(",pixel" + i));
            }
            bytes[length++] = '\n';
        }

        void row(PackedImages images, int i) {
            int pixels = images.shape().size();
            append(ascii(Integer.toString(images.label(i))));
            for (int k = i * pixels; k < (i + 1) * pixels; k++) {
                bytes[length++] = ',';
                append(NUMBERS[images.pixels()[k] & 0xff]);
            }
            bytes[length++] = '\n';
        }

        void flush(OutputStream out) throws IOException {
            out.write(bytes, 0, length);
            length = 0;
        }

        private void append(byte[] text) {
            System.arraycopy(text, 0, bytes, length, text.length);
            length += text.length;
        }
    }
}
