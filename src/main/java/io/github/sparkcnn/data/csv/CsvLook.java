package io.github.sparkcnn.data.csv;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sparkcnn.FileException;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.data.format.BadImages;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.image.MalformedImage;
import io.github.sparkcnn.image.PixelLayout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * What the driver sees of a data set by reading its files from the beginning.
 *
 * @param header of the first file that has one
 * @param rows the first of the data set
 */
record CsvLook(CsvFiles files, Optional<CsvHeader> header, List<FirstRow> rows) {

    private static final int ROWS = 100;

    /** A row, by the number that an editor shows. */
    record FirstRow(long number, List<String> cells) {}

    /** Reads as many lines as show what the rows are. */
    static CsvLook at(CsvFiles files) {
        Optional<CsvHeader> header = Optional.empty();
        List<FirstRow> rows = new ArrayList<>();
        for (Path file : files.paths()) {
            try (CsvLines lines = CsvLines.open(files.storage(), file)) {
                while (rows.size() < ROWS && lines.next()) {
                    Optional<CsvHeader> here = lines.header();
                    header = header.or(() -> here);
                    if (here.isEmpty()) {
                        cells(lines).ifPresent(rows::add);
                    }
                }
            } catch (IOException e) {
                throw new FileException("read", file, e);
            }
        }
        return new CsvLook(files, header, rows);
    }

    private static Optional<FirstRow> cells(CsvLines lines) {
        try {
            return Optional.of(new FirstRow(lines.number(), CsvFields.texts(lines.bytes(), lines.length())));
        } catch (MalformedImage e) {
            return Optional.empty(); // told when it is read
        }
    }

    /**
     * What the columns are.
     *
     * @throws UserException where neither the header's columns nor any row's make an image
     */
    CsvColumns columns(ImageSource source) {
        if (rows.isEmpty()) {
            throw BadImages.in(files.root(), "it has a header and no rows", "Name a file with one image a row");
        }
        // As the user says, or else as a model takes them where they fit, and then as they look.
        return find(source, source.layout().or(() -> source.expected().shape().map(PixelLayout::planar)))
                .or(() -> find(source, source.layout()))
                .orElseThrow(() -> noImage(source));
    }

    private Optional<CsvColumns> find(ImageSource source, Optional<PixelLayout> layout) {
        FindColumns find = new FindColumns(files.root(), source.columns(), layout);
        return counts().stream()
                .map(count -> find.of(header, count))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private List<Integer> counts() {
        return header.map(names -> List.of(names.names().size()))
                .orElseGet(() ->
                        rows.stream().map(row -> row.cells().size()).distinct().toList());
    }

    private UserException noImage(ImageSource source) {
        int count = counts().get(0);
        String wanted = source.layout()
                .map(layout -> ", and a label and the values of a " + layout.shape() + " image make "
                        + (layout.shape().size() + 1))
                .orElse(", and a label and the pixels of a square image make 785 (28×28) or another n² + 1");
        String has = (header.isPresent() ? "its header" : "row " + rows.get(0).number()) + " has " + count
                + (count == 1 ? " column" : " columns");
        return BadImages.in(files.root(), has + wanted, remedy(source.layout(), count));
    }

    private static String remedy(Optional<PixelLayout> layout, int count) {
        String rows = "Write label,pixel1..pixel784 in every row";
        int side = (int) Math.sqrt(count / 3.0);
        boolean isColour = count - 3 * side * side <= 1 && side > 1;
        return layout.isEmpty() && isColour
                ? "Set data.shape, e.g. to [3, " + side + ", " + side + "] or [" + side + ", " + side + ", 3]"
                : rows + ", or set data.shape to the shape of the images";
    }

    /** Whether labels are whole numbers: those of most of the first rows are. */
    boolean hasNumberedLabels(CsvColumns columns) {
        List<String> labels = rows.stream()
                .filter(row -> row.cells().size() == columns.count())
                .map(row -> row.cells().get(columns.label()).strip())
                .filter(label -> !label.isEmpty())
                .toList();
        return labels.stream().filter(CsvLook::isWhole).count() * 2 >= labels.size();
    }

    private static boolean isWhole(String label) {
        byte[] bytes = label.getBytes(UTF_8);
        CsvFields field = new CsvFields().of(bytes, bytes.length);
        try {
            field.next();
            field.whole();
            return true;
        } catch (MalformedImage e) {
            return false;
        }
    }

    /** Why rows without a label are no training images. */
    UserException noLabel(CsvColumns columns) {
        String reason = header.map(names -> "no column of its header is the label: "
                        + names.names().get(0) + ", " + names.names().get(1) + " …")
                .orElse("its rows have " + columns.count() + " columns, an image without a label");
        return BadImages.in(
                files.root(),
                reason,
                header.isPresent()
                        ? "Name the label's column in data.columns.label, or call it label"
                        : "Write label,pixel1..pixel784 in every row");
    }
}
