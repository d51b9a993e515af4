package io.github.sparkcnn.data.csv;

import io.github.sparkcnn.data.format.BadImages;
import io.github.sparkcnn.image.PixelLayout;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.Path;

/**
 * What the columns of all rows are.
 *
 * @param header their names; {@link CsvHeader#NONE} where the files have none
 * @param count of the columns of a row
 * @param label the column of the class; {@link #NONE} where there is none
 * @param pixels the columns of an image's values, in their order
 * @param images how these values follow each other
 */
record CsvColumns(CsvHeader header, int count, int label, List<Integer> pixels, PixelLayout images)
        implements Serializable {

    /** No column. */
    static final int NONE = -1;

    CsvColumns {
        pixels = List.copyOf(pixels);
    }

    boolean hasLabel() {
        return label != NONE;
    }

    /** The columns beside image and class. */
    List<Integer> others() {
        int[] values = values();
        return IntStream.range(0, count)
                .filter(column -> column != label && values[column] == NONE)
                .boxed()
                .toList();
    }

    /** For each column which value of the image it is; {@link #NONE} for the others. */
    int[] values() {
        int[] values = new int[count];
        Arrays.fill(values, NONE);
        for (int i = 0; i < pixels.size(); i++) {
            values[pixels.get(i)] = i;
        }
        return values;
    }

    /** The same where the label is a column like the others. */
    CsvColumns withoutLabel() {
        return new CsvColumns(header, count, NONE, pixels, images);
    }

    /** Whether the values are all columns but the label's, from left to right. */
    boolean arePlain() {
        return others().isEmpty() && IntStream.range(1, pixels.size()).allMatch(i -> pixels.get(i - 1) < pixels.get(i));
    }

    /** Refuses a file whose header puts the columns otherwise. */
    void requireFits(CsvHeader other, Path file) {
        boolean fits = header.equals(CsvHeader.NONE)
                ? other.label().isEmpty() || other.label().getAsInt() == label
                : header.equals(other);
        if (!fits) {
            throw BadImages.in(
                    file,
                    "its header is not that of the files before it",
                    "Write the same columns in every file of the folder");
        }
    }

    /** What a column is called; by its number, from 1, where it has no name. */
    String name(int column) {
        String name =
                header.equals(CsvHeader.NONE) ? "" : header.names().get(column).strip();
        return name.isEmpty() ? "column" + (column + 1) : name;
    }
}
