package io.github.sparkcnn.data.csv;

import io.github.sparkcnn.data.format.BadImages;
import io.github.sparkcnn.data.format.WholeFiles;
import io.github.sparkcnn.image.Classes;
import io.github.sparkcnn.image.MalformedImage;
import io.github.sparkcnn.io.Storage;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.util.SerializableConfiguration;

/** In a task: the texts in the label's column of one part. */
final class FindLabels implements Function<CsvPart, FindLabels.Found> {
    private static final long serialVersionUID = 1L;

    /** From so many rows on, a label for every second row shows that the column is something else. */
    private static final int ENOUGH_TO_JUDGE = 20;

    private final SerializableConfiguration hadoop;
    private final CsvColumns columns;

    FindLabels(SerializableConfiguration hadoop, CsvColumns columns) {
        this.hadoop = hadoop;
        this.columns = columns;
    }

    /** Different labels, and in how many rows they are. */
    record Found(Set<String> labels, long rows) implements Serializable {

        Found with(Found other) {
            Set<String> all = new HashSet<>(labels);
            all.addAll(other.labels);
            return new Found(all, rows + other.rows);
        }
    }

    /** All labels that occur, in the order of the classes. */
    static List<String> of(JavaSparkContext spark, CsvFiles files, CsvColumns columns, List<CsvPart> parts) {
        Found found = CsvSplits.distribute(spark, parts)
                .map(new FindLabels(new SerializableConfiguration(spark.hadoopConfiguration()), columns))
                .reduce(Found::with);
        if (found.rows() >= ENOUGH_TO_JUDGE && found.labels().size() > found.rows() / 2) {
            throw BadImages.in(
                    files.root(),
                    "its " + found.rows() + " rows have " + found.labels().size() + " labels in "
                            + columns.name(columns.label()),
                    "Name the column of the class in data.columns.label, or the classes in data.labels");
        }
        return Classes.ofValues(found.labels()).values();
    }

    @Override
    public Found call(CsvPart part) {
        Storage storage = Storage.ofCluster(hadoop.value());
        CsvLines lines = CsvLines.of(part, WholeFiles.open(storage, part.path(), part.start()));
        CsvFields fields = new CsvFields();
        Set<String> labels = new HashSet<>();
        long rows = 0;
        while (lines.nextRow(columns)) {
            String label = label(fields.of(lines.bytes(), lines.length()));
            rows++;
            if (!label.isEmpty()) {
                labels.add(label);
            }
        }
        return new Found(labels, rows);
    }

    /** Nothing where there is none: the row is refused when it is read. */
    private String label(CsvFields fields) {
        try {
            for (int column = 0; fields.next(); column++) {
                if (column == columns.label()) {
                    return fields.text().strip();
                }
            }
        } catch (MalformedImage e) {
            return "";
        }
        return "";
    }
}
