package io.github.sparkcnn.data.column;

import io.github.sparkcnn.UserException;
import java.math.BigDecimal;
import java.util.Optional;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;

/** A label as a text, whatever the type of its column: {@code 3} for 3, for 3.0 and for "3"; {@code true} for a boolean. */
final class LabelText {

    private LabelText() {}

    /** Refuses a column whose type no labels have. */
    static void requireLabels(String name, String column, DataType type, ColumnSettings settings) {
        if (!isOfType(type)) {
            throw new UserException(
                    "read the labels of " + name,
                    "column " + column + " is " + type.simpleString(),
                    "Name a column of numbers, booleans or texts in " + settings.label());
        }
    }

    static boolean isOfType(DataType type) {
        return type instanceof NumericType || type instanceof BooleanType || type instanceof StringType;
    }

    /** The text of a value that is there; empty for a number that is not whole, and for an empty text. */
    static Optional<String> of(Object value) {
        if (value instanceof Number number) {
            return whole(number);
        }
        String text = value.toString();
        return text.isBlank() ? Optional.empty() : Optional.of(text);
    }

    private static Optional<String> whole(Number number) {
        if (number instanceof Double || number instanceof Float) {
            double value = number.doubleValue();
            return value == Math.rint(value) && !Double.isInfinite(value)
                    ? Optional.of(new BigDecimal(value).toBigInteger().toString())
                    : Optional.empty();
        }
        BigDecimal exact = new BigDecimal(number.toString()).stripTrailingZeros();
        return exact.scale() <= 0 ? Optional.of(exact.toBigInteger().toString()) : Optional.empty();
    }
}
