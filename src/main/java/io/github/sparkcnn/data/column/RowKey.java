package io.github.sparkcnn.data.column;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** In a task: a column by which people tell one row from another. */
record RowKey(int column, String name, DataType type) implements Serializable {
    private static final int NONE = -1;
    private static final List<String> NAMES =
            List.of("id", "image_id", "key", "uuid", "path", "file", "filename", "file_name", "name");

    /** The name of such a column, in a table that has one beside those that are read anyway. */
    static Optional<String> column(StructType schema, List<String> read) {
        return NAMES.stream()
                .map(name -> called(schema, name))
                .filter(fields -> fields.size() == 1)
                .map(fields -> fields.get(0))
                .filter(field -> isSimple(field.dataType()) && !read.contains(field.name()))
                .map(StructField::name)
                .findFirst();
    }

    /** More than one where tables were joined: then no name means one of them. */
    private static List<StructField> called(StructType schema, String name) {
        return Arrays.stream(schema.fields())
                .filter(field -> field.name().toLowerCase(Locale.ROOT).equals(name))
                .toList();
    }

    private static boolean isSimple(DataType type) {
        return type instanceof StringType || type instanceof IntegerType || type instanceof LongType;
    }

    /** The column at this place; none that tells anything where there is none. */
    static RowKey of(StructType schema, int place) {
        return place < schema.size()
                ? new RowKey(place, schema.fields()[place].name(), schema.fields()[place].dataType())
                : new RowKey(NONE, "", DataTypes.NullType);
    }

    /** {@code whose id is 17}, with a blank before it; nothing where there is no column. */
    String of(InternalRow row) {
        return column == NONE ? "" : " whose " + name + " is " + row.get(column, type);
    }
}
