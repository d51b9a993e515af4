package io.github.sparkcnn.ml;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;
import scala.runtime.AbstractFunction1;

/**
 * The parameters that estimator and model share: names, meanings and defaults are those of Spark ML's {@code HasFeaturesCol} and
 * the like. Those traits themselves are written for Scala: a Java class would have to call their initializers and implement
 * setters with mangled names.
 *
 * @param features column of the images
 * @param prediction column of the predicted label
 * @param probability column of the classes' probabilities
 * @param rawPrediction column of their logarithms
 * @param thresholds of the classes
 * @param shape of the images
 * @param handleInvalid what becomes of rows without an image that can be read
 */
public record ColumnParams(
        Param<String> features,
        Param<String> prediction,
        Param<String> probability,
        Param<String> rawPrediction,
        DoubleArrayParam thresholds,
        IntArrayParam shape,
        Param<String> handleInvalid)
        implements Serializable {

    static final String ERROR = "error";
    static final String SKIP = "skip";
    static final String KEEP = "keep";

    /** With their defaults, for a stage that has its uid. */
    static ColumnParams of(Params stage) {
        ColumnParams params = new ColumnParams(
                new Param<>(
                        stage,
                        "featuresCol",
                        "column of the images: encoded pictures, bytes, an array of numbers, a vector, or Spark's image struct"),
                new Param<>(stage, "predictionCol", "column of the predicted label; empty: none"),
                new Param<>(
                        stage, "probabilityCol", "column of the probabilities of all classes, a vector; empty: none"),
                new Param<>(
                        stage,
                        "rawPredictionCol",
                        "column of the natural logarithms of the probabilities, a vector; empty: none"),
                new DoubleArrayParam(
                        stage,
                        "thresholds",
                        "one number for each class: the class with the largest probability / threshold is predicted; at most"
                                + " one may be 0",
                        new AreThresholds()),
                new IntArrayParam(
                        stage,
                        "shape",
                        "of images that do not tell it: channels, height, width, channel after channel, or height, width,"
                                + " channels with the channels of a pixel together"),
                new Param<>(
                        stage,
                        "handleInvalid",
                        "rows without an image that can be read, for training also without a label: error (end there), skip"
                                + " (leave them out) or keep (no prediction; left out of training)",
                        ParamValidators.inArray(List.of(ERROR, SKIP, KEEP))));
        stage.setDefault(params.features, "features");
        stage.setDefault(params.prediction, "prediction");
        stage.setDefault(params.probability, "probability");
        stage.setDefault(params.rawPrediction, "rawPrediction");
        stage.setDefault(params.handleInvalid, ERROR);
        return params;
    }

    /** None is negative, and at most one is 0. */
    private static final class AreThresholds extends AbstractFunction1<double[], Object> implements Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public Object apply(double[] thresholds) {
            return Arrays.stream(thresholds).allMatch(t -> t >= 0)
                    && Arrays.stream(thresholds).filter(t -> t == 0).count() <= 1;
        }
    }
}
