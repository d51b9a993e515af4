package io.github.sparkcnn.data.column;

import java.io.Serializable;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;

/** Takes a number of one type out of a row or an array. */
@FunctionalInterface
interface NumberReader extends Serializable {

    double at(SpecializedGetters values, int place);

    /** The reader of a type, if it is one of numbers; bytes are unsigned. */
    static Optional<NumberReader> of(DataType type) {
        if (type instanceof ByteType) {
            return Optional.of((values, place) -> values.getByte(place) & 0xff);
        } else if (type instanceof ShortType) {
            return Optional.of(SpecializedGetters::getShort);
        } else if (type instanceof IntegerType) {
            return Optional.of(SpecializedGetters::getInt);
        } else if (type instanceof LongType) {
            return Optional.of(SpecializedGetters::getLong);
        } else if (type instanceof FloatType) {
            return Optional.of(SpecializedGetters::getFloat);
        }
        return type instanceof DoubleType ? Optional.of(SpecializedGetters::getDouble) : Optional.empty();
    }
}
