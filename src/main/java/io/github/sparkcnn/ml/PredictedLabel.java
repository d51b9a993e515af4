package io.github.sparkcnn.ml;

import io.github.sparkcnn.image.Classes;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.Seq;

/** In a task: the label that is predicted where the classes have these probabilities. */
final class PredictedLabel implements UDF1<Seq<Float>, Double> {
    private static final long serialVersionUID = 1L;

    /** {@code [classes]}. */
    private final double[] labels;
    /** {@code [classes]}, what the probabilities are divided by. */
    private final double[] thresholds;

    private PredictedLabel(double[] labels, double[] thresholds) {
        this.labels = labels;
        this.thresholds = thresholds;
    }

    static UserDefinedFunction of(Classes classes, Optional<double[]> thresholds) {
        double[] labels = IntStream.range(0, classes.size())
                .mapToDouble(i -> isPosition(classes)
                        ? i
                        : Double.parseDouble(classes.values().get(i)))
                .toArray();
        double[] ones = new double[labels.length];
        Arrays.fill(ones, 1);
        return functions.udf(new PredictedLabel(labels, thresholds.orElse(ones)), DataTypes.DoubleType);
    }

    /** Whether labels are texts or 0, 1 …, so that a class's position stands for it; others stand for themselves. */
    static boolean isPosition(Classes classes) {
        return classes.areNumbered() || !classes.values().stream().allMatch(value -> value.matches("-?\\d{1,10}"));
    }

    /** As Spark ML has it: with a threshold of 0 the class is predicted wherever its probability is above 0; of null it is null. */
    @Override
    public Double call(Seq<Float> probabilities) {
        if (probabilities == null) {
            return null;
        }
        int best = 0;
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < labels.length; i++) {
            double scaled = probabilities.apply(i) / thresholds[i];
            if (scaled > largest) {
                largest = scaled;
                best = i;
            }
        }
        return labels[best];
    }
}
