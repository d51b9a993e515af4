package io.github.sparkcnn.ml;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;

/** A stage that is trained: its parameters, each by the method that Spark ML finds it by, and the values in force. */
public interface HasTrainingParams extends Params {

    /** The parameters of this stage. */
    TrainingParams trainingParams();

    default Param<String> labelCol() {
        return trainingParams().label();
    }

    default Param<String> validationIndicatorCol() {
        return trainingParams().validationIndicator();
    }

    default Param<String> network() {
        return trainingParams().network();
    }

    default Param<String> initialModel() {
        return trainingParams().initialModel();
    }

    default IntParam epochs() {
        return trainingParams().epochs();
    }

    default IntParam batchSize() {
        return trainingParams().batchSize();
    }

    default DoubleParam learningRate() {
        return trainingParams().learningRate();
    }

    default Param<String> optimizer() {
        return trainingParams().optimizer();
    }

    default DoubleParam weightDecay() {
        return trainingParams().weightDecay();
    }

    default IntParam averagingFrequency() {
        return trainingParams().averagingFrequency();
    }

    default IntParam workers() {
        return trainingParams().workers();
    }

    default Param<String> strategy() {
        return trainingParams().strategy();
    }

    default LongParam seed() {
        return trainingParams().seed();
    }

    default Param<String> normalize() {
        return trainingParams().normalize();
    }

    default Param<String> augmentation() {
        return trainingParams().augmentation();
    }

    default StringArrayParam conf() {
        return trainingParams().conf();
    }

    default String getLabelCol() {
        return getOrDefault(labelCol());
    }

    default String getValidationIndicatorCol() {
        return getOrDefault(validationIndicatorCol());
    }

    default String getNetwork() {
        return getOrDefault(network());
    }

    default String getInitialModel() {
        return getOrDefault(initialModel());
    }

    default int getEpochs() {
        return (Integer) getOrDefault(epochs());
    }

    default int getBatchSize() {
        return (Integer) getOrDefault(batchSize());
    }

    default double getLearningRate() {
        return (Double) getOrDefault(learningRate());
    }

    default String getOptimizer() {
        return getOrDefault(optimizer());
    }

    default double getWeightDecay() {
        return (Double) getOrDefault(weightDecay());
    }

    default int getAveragingFrequency() {
        return (Integer) getOrDefault(averagingFrequency());
    }

    default int getWorkers() {
        return (Integer) getOrDefault(workers());
    }

    default String getStrategy() {
        return getOrDefault(strategy());
    }

    default long getSeed() {
        return (Long) getOrDefault(seed());
    }

    default String getNormalize() {
        return getOrDefault(normalize());
    }

    default String getAugmentation() {
        return getOrDefault(augmentation());
    }

    /** Each {@code KEY=VALUE}. */
    default List<String> getConf() {
        return Arrays.asList(getOrDefault(conf()));
    }
}
