package io.github.sparkcnn.predict;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.data.ImageTable;
import io.github.sparkcnn.data.format.ImageRows;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.kernel.BackendReport;
import io.github.sparkcnn.model.ModelCard;
import io.github.sparkcnn.model.ModelFolder;
import io.github.sparkcnn.onnx.OnnxDescription;
import io.github.sparkcnn.onnx.OnnxExport;
import io.github.sparkcnn.onnx.OnnxInput;
import io.github.sparkcnn.track.Versions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.CollectionAccumulator;

/** A saved model on the executors, for any number of images. The model is broadcast until closed. */
public final class Predictions implements AutoCloseable {

    /**
     * {@code label INT} (predicted), {@code name STRING} of the class, {@code probability FLOAT} of it, {@code margin FLOAT} to
     * the next, {@code probabilities ARRAY<FLOAT>} of all classes, {@code true_label INT}.
     */
    public static final StructType SCHEMA = new StructType()
            .add("label", DataTypes.IntegerType, false)
            .add("name", DataTypes.StringType, false)
            .add("probability", DataTypes.FloatType, false)
            .add("margin", DataTypes.FloatType, false)
            .add("probabilities", DataTypes.createArrayType(DataTypes.FloatType, false), false)
            .add("true_label", DataTypes.IntegerType, false);

    private final SparkSession spark;
    private final ModelCard card;
    private final Broadcast<ScorerSource> source;
    private final CollectionAccumulator<BackendReport> shortfalls;
    private final PredictionDevice device;

    private Predictions(SparkSession spark, ModelCard card, Broadcast<ScorerSource> source, PredictionDevice device) {
        this.spark = spark;
        this.card = card;
        this.source = source;
        this.shortfalls = spark.sparkContext().collectionAccumulator();
        this.device = device;
    }

    /** Sends the model to the executors, to run on whatever they have. */
    public static Predictions of(SparkSession spark, ModelFolder.Saved saved, PredictionEngine engine) {
        return of(spark, saved, engine, PredictionDevice.ANY);
    }

    /**
     * Sends the model to the executors.
     *
     * @throws UserException where it cannot run on kernels that are required
     */
    public static Predictions of(
            SparkSession spark, ModelFolder.Saved saved, PredictionEngine engine, PredictionDevice device) {
        device.wake();
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        return new Predictions(spark, saved.card(), context.broadcast(source(saved, engine, device)), device);
    }

    private static ScorerSource source(ModelFolder.Saved saved, PredictionEngine engine, PredictionDevice device) {
        return switch (engine) {
            case AUTO, ONEDNN, DL4J -> ReplicaSource.of(saved, device.kernels(engine));
            case ONNX ->
                new OnnxSource(
                        OnnxExport.encode(saved.network(), describe(saved.card()), OnnxInput.PIXELS),
                        device.threads().orElse(0));
        };
    }

    static OnnxDescription describe(ModelCard card) {
        return new OnnxDescription(
                card.network(), card.labels(), card.input(), card.normalization(), Versions.sparkcnn());
    }

    /** One row an image, in the order of the images; computed when the rows are asked for. */
    public Dataset<Row> of(ImageTable images) {
        JavaRDD<Row> rows = fitted(images)
                .rows()
                .toJavaRDD()
                .mapPartitions(new PredictRows(source, shortfalls, card.input(), card.labels()));
        return spark.createDataFrame(rows, SCHEMA);
    }

    /**
     * The rows with the probabilities of all classes, {@code ARRAY<FLOAT>}, in a column behind theirs; computed when they are
     * asked for.
     *
     * @param images of the model's shape
     */
    public Dataset<Row> behind(ImageRows images, String column) {
        requireInput(images.shape());
        StructType schema =
                images.rows().schema().add(column, DataTypes.createArrayType(DataTypes.FloatType, false), false);
        return spark.internalCreateDataFrame(
                images.rows()
                        .queryExecution()
                        .toRdd()
                        .toJavaRDD()
                        .mapPartitions(new AddProbabilities(
                                source,
                                shortfalls,
                                images.pixels(),
                                card.input().size(),
                                card.labels().size()))
                        .rdd(),
                schema,
                false);
    }

    private ImageTable fitted(ImageTable given) {
        ImageShape input = card.input();
        ImageTable images = card.resize() ? given.resized(input.height(), input.width()) : given;
        requireInput(images.shape());
        return images;
    }

    private void requireInput(ImageShape shape) {
        ImageShape input = card.input();
        if (!shape.equals(input)) {
            throw new UserException(
                    "predict with " + card.network(),
                    "the images are " + shape + ", the model takes " + input,
                    "Use images of the model's shape, or train with data.resize = [" + input.height() + ", "
                            + input.width() + "]");
        }
    }

    /** Takes the model back, and warns once of each reason why executors computed on less than was asked for. */
    @Override
    public void close() {
        source.destroy();
        Map<String, BackendReport> byReason = new LinkedHashMap<>();
        shortfalls.value().forEach(backend -> byReason.putIfAbsent(backend.shortfall(), backend));
        byReason.values().forEach(backend -> device.tell("an executor", backend));
    }
}
