package io.github.sparkcnn.ml;

import io.github.sparkcnn.train.TrainedNetwork;
import java.util.stream.Stream;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * Trains a convolutional network on the images of a DataFrame, over the workers of the Spark application: the same numbers as the
 * command {@code train} on the same images in the same order. Fits of one application take turns, since each needs all of its
 * workers at once.
 */
public final class CnnClassifier extends Estimator<CnnClassificationModel>
        implements HasImageColumns<CnnClassifier>, HasTrainingParams, MLWritable {
    private static final long serialVersionUID = 1L;

    private final String uid;
    private final ColumnParams columnParams;
    private final TrainingParams trainingParams;

    /** With a random uid. */
    public CnnClassifier() {
        this(Identifiable$.MODULE$.randomUID("cnn"));
    }

    /** With a uid of one's own. */
    public CnnClassifier(String uid) {
        this.uid = uid;
        this.columnParams = ColumnParams.of(this);
        this.trainingParams = TrainingParams.of(this);
    }

    @Override
    public String uid() {
        return uid;
    }

    @Override
    public ColumnParams columnParams() {
        return columnParams;
    }

    @Override
    public TrainingParams trainingParams() {
        return trainingParams;
    }

    public CnnClassifier setLabelCol(String column) {
        set(labelCol(), column);
        return this;
    }

    public CnnClassifier setValidationIndicatorCol(String column) {
        set(validationIndicatorCol(), column);
        return this;
    }

    public CnnClassifier setNetwork(String name) {
        set(network(), name);
        return this;
    }

    public CnnClassifier setInitialModel(String path) {
        set(initialModel(), path);
        return this;
    }

    public CnnClassifier setEpochs(int count) {
        set(epochs(), count);
        return this;
    }

    public CnnClassifier setBatchSize(int images) {
        set(batchSize(), images);
        return this;
    }

    public CnnClassifier setLearningRate(double rate) {
        set(learningRate(), rate);
        return this;
    }

    public CnnClassifier setOptimizer(String name) {
        set(optimizer(), name);
        return this;
    }

    public CnnClassifier setWeightDecay(double decay) {
        set(weightDecay(), decay);
        return this;
    }

    public CnnClassifier setAveragingFrequency(int minibatches) {
        set(averagingFrequency(), minibatches);
        return this;
    }

    public CnnClassifier setWorkers(int count) {
        set(workers(), count);
        return this;
    }

    public CnnClassifier setStrategy(String name) {
        set(strategy(), name);
        return this;
    }

    public CnnClassifier setSeed(long value) {
        set(seed(), value);
        return this;
    }

    public CnnClassifier setNormalize(String name) {
        set(normalize(), name);
        return this;
    }

    public CnnClassifier setAugmentation(String list) {
        set(augmentation(), list);
        return this;
    }

    /** All keys without a parameter of their own, each {@code KEY=VALUE}, in place of those before. */
    public CnnClassifier setConf(String[] settings) {
        set(conf(), settings);
        return this;
    }

    /** One more key of the configuration: {@code setConf("training.schedule", "{name = cosine}")}. */
    public CnnClassifier setConf(String key, String value) {
        String[] more =
                Stream.concat(getConf().stream(), Stream.of(key + "=" + value)).toArray(String[]::new);
        set(conf(), more);
        return this;
    }

    /** Trains; a {@link io.github.sparkcnn.UserException} says in one line what of data or parameters does not do. */
    @Override
    public CnnClassificationModel fit(Dataset<?> dataset) {
        transformSchema(dataset.schema());
        TrainedNetwork trained = new Fit(this, dataset.toDF()).execute();
        return copyValues(new CnnClassificationModel(uid, trained), ParamMap.empty())
                .setParent(this);
    }

    /** Refuses columns and parameters that cannot be trained with; what comes back has the columns of predictions too. */
    @Override
    public StructType transformSchema(StructType schema) {
        Fit.requireTrainable(this, schema);
        return new OutputColumns(this).addTo(schema);
    }

    @Override
    public CnnClassifier copy(ParamMap extra) {
        return defaultCopy(extra);
    }

    @Override
    public MLWriter write() {
        return new StageWriter(this);
    }

    /** Reads what {@link #write} wrote. */
    public static MLReader<CnnClassifier> read() {
        return new StageReader();
    }

    /** Loads a saved estimator. */
    public static CnnClassifier load(String path) {
        return read().load(path);
    }
}
