package io.github.sparkcnn.data.column;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.image.Classes;
import io.github.sparkcnn.image.MalformedImage;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.ShortType;

/**
 * In a task: the label of a row as a number.
 *
 * @param column of the label, by its place
 * @param isNumber whether it is the number in the data
 * @param values what each number stands for otherwise
 * @param refusal what is to be said of a label that is none of these
 */
public record Labels(
        int column,
        DataType type,
        boolean isNumber,
        List<String> values,
        Map<String, Integer> byWriting,
        String refusal)
        implements Serializable {
    private static final int MOST_CLASSES = 65_536;
    /** From so many images on, a class for every second one shows that the labels are something else. */
    private static final int ENOUGH_TO_JUDGE = 20;

    /**
     * The labels of rows: of the classes that are given, or of those that occur, for which all labels are read where they are no
     * whole numbers.
     */
    static Labels of(LabelledRows rows, ImageSource source) {
        int column = rows.label();
        DataType type = rows.rows().schema().fields()[column].dataType();
        LabelText.requireLabels(rows.name(), rows.rows().columns()[column], type, rows.settings());
        if (source.classes().isPresent()) {
            Classes classes = source.classes().get();
            return new Labels(column, type, false, classes.values(), classes.byWriting(), ", " + classes.refusal());
        }
        if (isSmall(type)) {
            return new Labels(column, type, true, List.of(), Map.of(), "");
        }
        Classes found = found(rows);
        return new Labels(
                column,
                type,
                false,
                found.values(),
                found.byWriting(),
                ", which was not there when the labels were looked through");
    }

    /** Whether a column of this type may hold labels. */
    public static boolean areOfType(DataType type) {
        return LabelText.isOfType(type);
    }

    /** What each number stands for; empty where it is the number in the data. */
    Optional<List<String>> written() {
        return isNumber ? Optional.empty() : Optional.of(values);
    }

    private static boolean isSmall(DataType type) {
        return type instanceof ByteType || type instanceof ShortType || type instanceof IntegerType;
    }

    private static Classes found(LabelledRows rows) {
        String name = rows.rows().columns()[rows.label()];
        Column column = Columns.named(name);
        List<Row> counted = rows.rows()
                .where(column.isNotNull())
                .groupBy(column)
                .count()
                .limit(MOST_CLASSES + 1)
                .collectAsList();
        Map<String, Long> counts = new HashMap<>();
        counted.forEach(row ->
                LabelText.of(row.get(0)).ifPresent(text -> counts.merge(text, row.<Long>getAs(1), Long::sum)));
        long images = counts.values().stream().mapToLong(Long::longValue).sum();
        if (counted.size() > MOST_CLASSES || (images >= ENOUGH_TO_JUDGE && counts.size() > images / 2)) {
            throw new UserException(
                    "find the classes of " + rows.name(),
                    "its column " + name + " has "
                            + (counted.size() > MOST_CLASSES ? "more than " + MOST_CLASSES : counts.size())
                            + " different labels, such as " + example(counts.keySet()),
                    "Name the column of the class in " + rows.settings().label() + ", or the classes in data.labels");
        }
        return Classes.ofValues(counts.keySet());
    }

    private static String example(Set<String> labels) {
        return labels.stream().sorted().findFirst().orElse("none");
    }

    /**
     * The label of a row.
     *
     * @throws MalformedImage where it has none, or one that it may not have
     */
    int of(InternalRow row) {
        if (row.isNullAt(column)) {
            throw new MalformedImage("has no label (null)");
        }
        Object value = row.get(column, type);
        if (isNumber) {
            return ((Number) value).intValue();
        }
        String text = LabelText.of(value)
                .orElseThrow(() -> new MalformedImage(
                        "has label " + value + (value instanceof Number ? ", no whole number" : ", an empty text")));
        Integer label = byWriting.get(text);
        if (label == null) {
            throw new MalformedImage("has label " + text + refusal);
        }
        return label;
    }
}
