package io.github.sparkcnn.ml;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.data.column.ColumnSettings;
import io.github.sparkcnn.data.column.ImageColumn;
import io.github.sparkcnn.data.column.Labels;
import io.github.sparkcnn.image.Classes;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** What a stage asks of a DataFrame's columns, before any data are read. */
final class InputColumns {
    /** The parameters that name them. */
    static final ColumnSettings PARAMETERS = new ColumnSettings("featuresCol", "labelCol", "the parameter shape");

    private InputColumns() {}

    /** The field of this name, or a message with those that there are. */
    static StructField field(StructType schema, String name) {
        if (!List.of(schema.fieldNames()).contains(name)) {
            throw new UserException(
                    "read column " + name,
                    "the DataFrame has no such column, only " + String.join(", ", schema.fieldNames()),
                    "Name one of these");
        }
        return schema.apply(name);
    }

    static void requireImages(StructType schema, String name) {
        StructField field = field(schema, name);
        if (!ImageColumn.isOfType(field.dataType())) {
            throw new UserException(
                    "read images from column " + name,
                    "it is " + field.dataType().catalogString(),
                    "Name a column of bytes, an array of numbers, a vector, or Spark's image struct");
        }
    }

    static void requireLabels(StructType schema, String name) {
        StructField field = field(schema, name);
        if (!Labels.areOfType(field.dataType())) {
            throw new UserException(
                    "read labels from column " + name,
                    "it is " + field.dataType().catalogString(),
                    "Name a column of numbers or texts");
        }
    }

    /** The classes of a column of numbers that its metadata name, as Spark ML's StringIndexer leaves them. */
    static Optional<Classes> classes(StructField labels) {
        return labels.dataType() instanceof NumericType
                        && Attribute.fromStructField(labels) instanceof NominalAttribute nominal
                        && nominal.values().isDefined()
                ? Optional.of(indexed(nominal.values().get()))
                : Optional.empty();
    }

    private static Classes indexed(String[] names) {
        return new Classes(
                List.of(names),
                IntStream.range(0, names.length).mapToObj(String::valueOf).toList());
    }
}
