package io.github.sparkcnn.data.csv;

import io.github.sparkcnn.FileException;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.data.format.BadImages;
import io.github.sparkcnn.data.format.Diagnosis;
import io.github.sparkcnn.image.MalformedImage;
import io.github.sparkcnn.io.Storage;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/** Numbers the first bad row by reading the files again from their beginning: only a report needs it, so that tasks need not count rows. */
record FirstBadRow(CsvFiles files, CsvColumns columns, CsvLabels labels, Diagnosis counted) implements Diagnosis {

    /** A row that is no image: where it is and what is wrong with it. */
    private record BadRow(Path file, long row, String reason) {}

    @Override
    public Optional<UserException> explain(UserException failure) {
        return find().map(bad -> BadImages.in(
                bad.file(),
                "row " + bad.row() + " " + bad.reason(),
                "Correct the row, or set data.malformed = drop to leave bad rows out"));
    }

    @Override
    public Optional<Dropped> dropped() {
        return counted.dropped()
                .flatMap(dropped -> find().map(bad -> new Dropped(
                        dropped.count(),
                        dropped.what(),
                        "row " + bad.row() + " of " + Storage.display(bad.file()) + ", which " + bad.reason())));
    }

    private Optional<BadRow> find() {
        CsvRow row = new CsvRow(columns, labels);
        for (Path file : files.paths()) {
            try (CsvLines lines = CsvLines.open(files.storage(), file)) {
                while (lines.nextRow(columns)) {
                    try {
                        row.parse(lines.bytes(), lines.length());
                    } catch (MalformedImage e) {
                        return Optional.of(new BadRow(file, lines.number(), e.getMessage()));
                    }
                }
            } catch (IOException e) {
                throw new FileException("read", file, e);
            }
        }
        return Optional.empty();
    }
}
