package io.github.sparkcnn.ml;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.image.PixelLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * A stage with the shared parameters, each by the method that Spark ML finds it by, the values in force, and what sets them.
 *
 * @param <S> the stage itself
 */
public interface HasImageColumns<S extends HasImageColumns<S>> extends Params {

    /** The parameters of this stage. */
    ColumnParams columnParams();

    default Param<String> featuresCol() {
        return columnParams().features();
    }

    default Param<String> predictionCol() {
        return columnParams().prediction();
    }

    default Param<String> probabilityCol() {
        return columnParams().probability();
    }

    default Param<String> rawPredictionCol() {
        return columnParams().rawPrediction();
    }

    default DoubleArrayParam thresholds() {
        return columnParams().thresholds();
    }

    default IntArrayParam shape() {
        return columnParams().shape();
    }

    default Param<String> handleInvalid() {
        return columnParams().handleInvalid();
    }

    default String getFeaturesCol() {
        return getOrDefault(featuresCol());
    }

    default String getPredictionCol() {
        return getOrDefault(predictionCol());
    }

    default String getProbabilityCol() {
        return getOrDefault(probabilityCol());
    }

    default String getRawPredictionCol() {
        return getOrDefault(rawPredictionCol());
    }

    default double[] getThresholds() {
        return getOrDefault(thresholds());
    }

    default int[] getShape() {
        return getOrDefault(shape());
    }

    default String getHandleInvalid() {
        return getOrDefault(handleInvalid());
    }

    default S setFeaturesCol(String column) {
        return with(featuresCol(), column);
    }

    default S setPredictionCol(String column) {
        return with(predictionCol(), column);
    }

    default S setProbabilityCol(String column) {
        return with(probabilityCol(), column);
    }

    default S setRawPredictionCol(String column) {
        return with(rawPredictionCol(), column);
    }

    default S setThresholds(double[] values) {
        return with(thresholds(), values);
    }

    default S setShape(int[] sides) {
        return with(shape(), sides);
    }

    /** To {@code error}, {@code skip} or {@code keep}. */
    default S setHandleInvalid(String word) {
        return with(handleInvalid(), word);
    }

    @SuppressWarnings("unchecked") // S is the stage
    private <T> S with(Param<T> param, T value) {
        set(param, value);
        return (S) this;
    }

    /** How the images lie in values that do not tell it, where that was set. */
    default Optional<PixelLayout> layout() {
        if (!isDefined(shape())) {
            return Optional.empty();
        }
        List<Integer> sides = Arrays.stream(getShape()).boxed().toList();
        if (!PixelLayout.isShape(sides)) {
            throw new UserException(
                    "use shape " + sides,
                    "it is no shape of images with 1 or 3 channels",
                    "Set shape to channels, height, width, e.g. [3, 32, 32], or to height, width, channels");
        }
        return Optional.of(PixelLayout.of(sides));
    }
}
