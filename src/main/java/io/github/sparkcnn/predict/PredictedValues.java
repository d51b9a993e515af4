package io.github.sparkcnn.predict;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.SpecificInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/** In a task: a network's output for an image becomes the columns that are asked for, in one row that all images share. */
final class PredictedValues {
    private final List<Predicted> columns;
    private final UTF8String[] names;
    private final int top;
    private final SpecificInternalRow row;

    PredictedValues(List<Predicted> columns, List<String> names, int top) {
        this.columns = columns;
        this.names = names.stream().map(UTF8String::fromString).toArray(UTF8String[]::new);
        this.top = Math.min(top, names.size());
        StructType schema = new StructType();
        for (Predicted column : columns) {
            schema = schema.add(column.column(), column.type());
        }
        this.row = new SpecificInternalRow(schema);
    }

    /** The columns of an image that could not be read. */
    InternalRow ofError(UTF8String error) {
        for (int column = 0; column < columns.size(); column++) {
            row.setNullAt(column);
            if (columns.get(column) == Predicted.ERROR) {
                row.update(column, error);
            }
        }
        return row;
    }

    /** The columns of an image whose probabilities begin at {@code from}. */
    InternalRow of(float[] probabilities, int from) {
        int best = largest(probabilities, from, -1);
        for (int column = 0; column < columns.size(); column++) {
            switch (columns.get(column)) {
                case LABEL -> row.setInt(column, best);
                case NAME -> row.update(column, names[best]);
                case PROBABILITY -> row.setFloat(column, probabilities[from + best]);
                case MARGIN -> row.setFloat(column, margin(probabilities, from, best));
                case PROBABILITIES ->
                    row.update(
                            column,
                            UnsafeArrayData.fromPrimitiveArray(
                                    Arrays.copyOfRange(probabilities, from, from + names.length)));
                case ERROR -> row.setNullAt(column);
                case TOP_LABELS, TOP_NAMES, TOP_PROBABILITIES -> {} // of which there is one order
            }
        }
        if (columns.stream().anyMatch(Predicted::isOfTop)) {
            setTop(probabilities, from);
        }
        return row;
    }

    private void setTop(float[] probabilities, int from) {
        int[] labels = most(probabilities, from);
        float[] theirs = new float[top];
        Object[] names = new Object[top];
        for (int i = 0; i < top; i++) {
            theirs[i] = probabilities[from + labels[i]];
            names[i] = this.names[labels[i]];
        }
        for (int column = 0; column < columns.size(); column++) {
            switch (columns.get(column)) {
                case TOP_LABELS -> row.update(column, UnsafeArrayData.fromPrimitiveArray(labels));
                case TOP_NAMES -> row.update(column, new GenericArrayData(names));
                case TOP_PROBABILITIES -> row.update(column, UnsafeArrayData.fromPrimitiveArray(theirs));
                default -> {}
            }
        }
    }

    /** The most probable classes in their order; of two that are equal the first. */
    private int[] most(float[] probabilities, int from) {
        int[] labels = new int[top];
        boolean[] taken = new boolean[names.length];
        for (int i = 0; i < top; i++) {
            int best = -1;
            for (int k = 0; k < names.length; k++) {
                best = taken[k] || (best >= 0 && probabilities[from + k] <= probabilities[from + best]) ? best : k;
            }
            taken[best] = true;
            labels[i] = best;
        }
        return labels;
    }

    private float margin(float[] probabilities, int from, int best) {
        int second = largest(probabilities, from, best);
        return probabilities[from + best] - (second < 0 ? 0 : probabilities[from + second]);
    }

    /** The most probable class but one; −1 where there is none. */
    private int largest(float[] probabilities, int from, int but) {
        int best = -1;
        for (int k = 0; k < names.length; k++) {
            boolean isLarger = best < 0 || probabilities[from + k] > probabilities[from + best];
            best = k != but && isLarger ? k : best;
        }
        return best;
    }
}
