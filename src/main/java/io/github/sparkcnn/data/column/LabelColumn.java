package io.github.sparkcnn.data.column;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.image.Classes;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A column with a label a row: whole numbers of any numeric type, or texts.
 *
 * @param name of the column
 * @param classes that its metadata name, as Spark ML's StringIndexer leaves them
 */
public record LabelColumn(String name, boolean isText, Optional<Classes> classes) {

    /**
     * The column of this name.
     *
     * @throws UserException where there is none, or none that holds labels
     */
    public static LabelColumn of(StructType schema, String name) {
        StructField field = Columns.field(schema, name);
        boolean isText = field.dataType() instanceof StringType;
        if (!isText && !(field.dataType() instanceof NumericType) && !(field.dataType() instanceof BooleanType)) {
            throw new UserException(
                    "read labels from column " + name,
                    "it is " + field.dataType().catalogString(),
                    "Name a column of numbers or texts");
        }
        return new LabelColumn(name, isText, isText ? Optional.empty() : classes(field));
    }

    private static Optional<Classes> classes(StructField field) {
        return Attribute.fromStructField(field) instanceof NominalAttribute nominal
                        && nominal.values().isDefined()
                ? Optional.of(indexed(nominal.values().get()))
                : Optional.empty();
    }

    private static Classes indexed(String[] names) {
        return new Classes(
                List.of(names),
                IntStream.range(0, names.length).mapToObj(String::valueOf).toList());
    }

    /** What label i is written as, where labels are texts: those that occur, found in a Spark job. */
    public Optional<List<String>> texts(Dataset<Row> rows) {
        return isText
                ? Optional.of(Classes.ofValues(rows
                                .select(Columns.named(name))
                                .where(Columns.named(name).isNotNull())
                                .distinct()
                                .collectAsList()
                                .stream()
                                .map(row -> row.getString(0))
                                .toList())
                        .values())
                : Optional.empty();
    }

    /** As texts, or as numbers with a fraction where there is one. */
    Column column() {
        return isText ? Columns.named(name) : Columns.named(name).cast("double");
    }
}
