package io.github.sparkcnn.data.csv;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.data.format.BadImages;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.io.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** The files of one CSV data set in their order, and what the driver finds out by reading them from the beginning. */
final class CsvFiles {
    private static final int LINES_THAT_SHOW_THE_SHAPE = 100;

    private final Storage storage;
    private final Path root;
    private final List<Path> files;

    private CsvFiles(Storage storage, Path root, List<Path> files) {
        this.storage = storage;
        this.root = root;
        this.files = files;
    }

    /** A row that is no image: where it is and what is wrong with it. */
    record BadRow(Path file, long row, String reason) {}

    static CsvFiles in(Storage storage, FileStatus root) {
        List<FileStatus> files = root.isFile()
                ? List.of(root)
                : storage.list(root.getPath()).stream().filter(CsvFiles::isPart).toList();
        if (files.isEmpty()) {
            throw BadImages.in(
                    root.getPath(),
                    "the folder holds no *.csv, *.csv.gz or part-* file",
                    "Name a folder of CSV parts or a single CSV file");
        }
        // Spark writes empty parts for empty partitions.
        List<Path> filled = files.stream()
                .filter(f -> f.getLen() > 0)
                .map(FileStatus::getPath)
                .toList();
        if (filled.isEmpty()) {
            throw BadImages.in(
                    root.getPath(),
                    root.isFile() ? "the file is empty" : "all its files are empty",
                    "Name a file with one image a row");
        }
        return new CsvFiles(storage, root.getPath(), filled);
    }

    static boolean isPart(FileStatus file) {
        String name = file.getPath().getName().toLowerCase(Locale.ROOT);
        return file.isFile() && (name.endsWith(".csv") || name.endsWith(".csv.gz") || name.startsWith("part-"));
    }

    List<Path> paths() {
        return files;
    }

    Path root() {
        return root;
    }

    /** The images' shape, from the number of columns of the header or of the first rows. */
    ImageShape shape() {
        Optional<String> refused = Optional.empty();
        int seen = 0;
        for (Path file : files) {
            boolean hasRows = false;
            try (CsvLines lines = CsvLines.open(storage, file)) {
                while (seen < LINES_THAT_SHOW_THE_SHAPE && lines.next()) {
                    seen++;
                    hasRows |= !lines.isHeader();
                    int columns = CsvRow.countColumns(lines.bytes(), lines.length());
                    int side = (int) Math.round(Math.sqrt(columns - 1.0));
                    if (hasRows && side > 0 && side * side == columns - 1) {
                        return new ImageShape(1, side, side);
                    }
                    if (hasRows && refused.isEmpty()) {
                        refused = Optional.of("row " + lines.number() + " has " + columns
                                + (columns == 1 ? " column" : " columns")
                                + ", and a label and the pixels of a square image make 785 (28×28) or another n² + 1");
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
            }
        }
        throw BadImages.in(
                root,
                refused.orElse("it has a header and no rows"),
                refused.isPresent() ? "Write label,pixel1..pixel784 in every row" : "Name a file with one image a row");
    }

    /** Reads from the beginning to the first bad row: only for the report, so the tasks need not count rows. */
    Optional<BadRow> firstBadRow(CsvLayout layout) {
        byte[] pixels = new byte[layout.shape().size()];
        for (Path file : files) {
            try (CsvLines lines = CsvLines.open(storage, file)) {
                while (lines.next()) {
                    if (lines.isHeader()) {
                        continue;
                    }
                    try {
                        CsvRow.parse(lines.bytes(), lines.length(), layout.classes(), pixels);
                    } catch (CsvRow.Malformed e) {
                        return Optional.of(new BadRow(file, lines.number(), e.getMessage()));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
            }
        }
        return Optional.empty();
    }

    static UserException refusal(BadRow bad) {
        return BadImages.in(
                bad.file(),
                "row " + bad.row() + " " + bad.reason(),
                "Correct the row, or set data.malformed = drop to leave bad rows out");
    }
}
