package io.github.sparkcnn.predict;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** What a prediction can tell of an image, each by the name and type of its column. All are null where the image could not be read. */
@SuppressWarnings("ImmutableEnumChecker") // a data type of Spark does not change
public enum Predicted {
    /** The class, from 0. */
    LABEL("label", DataTypes.IntegerType),
    /** The class's name. */
    NAME("name", DataTypes.StringType),
    /** That of the class. */
    PROBABILITY("probability", DataTypes.FloatType),
    /** The probability less that of the second class. */
    MARGIN("margin", DataTypes.FloatType),
    /** Those of all classes. */
    PROBABILITIES("probabilities", DataTypes.createArrayType(DataTypes.FloatType, false)),
    /** The most probable classes, from the first on. */
    TOP_LABELS("top_labels", DataTypes.createArrayType(DataTypes.IntegerType, false)),
    /** Their names. */
    TOP_NAMES("top_names", DataTypes.createArrayType(DataTypes.StringType, false)),
    /** Their probabilities. */
    TOP_PROBABILITIES("top_probabilities", DataTypes.createArrayType(DataTypes.FloatType, false)),
    /** Why the image could not be read; null where it could. */
    ERROR("error", DataTypes.StringType);

    /** Why there is no prediction of an image that could be read. */
    public static final String NOT_A_NUMBER = "the network's output is not a number";

    private static final List<Predicted> TOP = List.of(TOP_LABELS, TOP_NAMES, TOP_PROBABILITIES);

    private final String column;

    @SuppressWarnings("ImmutableEnumChecker") // Spark's types do not change
    private final DataType type;

    Predicted(String column, DataType type) {
        this.column = column;
        this.type = type;
    }

    /** The name of its column. */
    public String column() {
        return column;
    }

    /** The type of its column. */
    public DataType type() {
        return type;
    }

    /** Whether it is of so many classes as are asked for. */
    public boolean isOfTop() {
        return TOP.contains(this);
    }

    /** Those of the most probable classes. */
    public static List<Predicted> top() {
        return TOP;
    }

    /** What a column of this name tells, small or capital letters. */
    public static Optional<Predicted> named(String name) {
        return Arrays.stream(values())
                .filter(each -> each.column.equalsIgnoreCase(name))
                .findFirst();
    }
}
