package io.github.sparkcnn.data.csv;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sparkcnn.image.Classes;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.io.CsvField;
import io.github.sparkcnn.io.Storage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.fs.Path;

/** Writes images as Kaggle does, {@code label,pixel1..pixelN} with a header, into one file that is whole or not there. */
public final class CsvWriter {
    private static final byte[][] NUMBERS = numbers();

    private CsvWriter() {}

    /** Through gzip where the name ends in {@code .gz}. */
    public static void write(Storage storage, Path file, PackedImages images) {
        int classes = IntStream.of(images.labels()).max().orElse(0) + 1;
        storage.write(file, content(file.getName(), images, Classes.numbered(classes)));
    }

    /** What {@link #write} writes, with the classes as data write them. */
    public static Storage.FileContent content(String name, PackedImages images, Classes classes) {
        return out -> {
            if (name.endsWith(".gz")) {
                try (GZIPOutputStream zipped = new GZIPOutputStream(out, 1 << 16)) {
                    write(zipped, images, classes);
                }
            } else {
                write(out, images, classes);
            }
        };
    }

    private static void write(OutputStream out, PackedImages images, Classes classes) throws IOException {
        List<byte[]> labels = classes.values().stream()
                .map(value -> CsvField.of(value).getBytes(UTF_8))
                .toList();
        Line line = new Line(images.shape().size());
        line.header(images.shape().size());
        line.flush(out);
        for (int i = 0; i < images.size(); i++) {
            out.write(labels.get(images.label(i)));
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
