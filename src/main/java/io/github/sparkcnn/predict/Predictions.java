package io.github.sparkcnn.predict;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.data.format.EitherSpark;
import io.github.sparkcnn.data.format.ImageRows;
import io.github.sparkcnn.data.format.PixelReader;
import io.github.sparkcnn.data.format.ResizedPixels;
import io.github.sparkcnn.data.job.JobName;
import io.github.sparkcnn.explain.Evidence;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.image.Resize;
import io.github.sparkcnn.kernel.BackendReport;
import io.github.sparkcnn.model.ModelCard;
import io.github.sparkcnn.model.ModelFolder;
import io.github.sparkcnn.onnx.OnnxDescription;
import io.github.sparkcnn.onnx.OnnxExport;
import io.github.sparkcnn.onnx.OnnxInput;
import io.github.sparkcnn.track.Versions;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.Dependency;
import org.apache.spark.OneToOneDependency;
import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.CollectionAccumulator;
import scala.collection.JavaConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** A saved model on the executors, for any number of images. The model is broadcast until closed. */
public final class Predictions implements AutoCloseable {

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
        device.wake(engine);
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        return new Predictions(spark, saved.card(), context.broadcast(source(saved, engine, device)), device);
    }

    private static ScorerSource source(ModelFolder.Saved saved, PredictionEngine engine, PredictionDevice device) {
        return switch (engine) {
            case AUTO, ONEDNN, TORCH, DL4J -> ReplicaSource.of(saved, device.kernels(engine));
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

    /**
     * One row for each of the images' rows, in the same partitions and the same order; computed when the rows are asked for. A row
     * whose image cannot be read has null for all that is predicted, and {@link Predicted#ERROR} says why.
     *
     * @throws UserException for images that are not of the model's shape
     */
    public Dataset<Row> of(ImageRows images, PredictionColumns columns) {
        PixelReader pixels = fitted(images);
        Dataset<Row> read = WantedColumns.of(
                images.rows(),
                Stream.concat(
                                images.imageColumns().stream(),
                                columns.kept().stream().map(PredictionColumns.Kept::input))
                        .toList());
        StructType schema = read.schema();
        PredictRows.Work work = new PredictRows.Work(
                schema,
                pixels,
                card.input().size(),
                columns.kept().stream()
                        .map(column -> schema.fieldIndex(column.input()))
                        .toList(),
                columns.made().stream().map(PredictionColumns.Made::what).toList(),
                card.labels(),
                columns.top());
        JavaRDD<InternalRow> rows =
                new DeferredRows(read).toJavaRDD().mapPartitions(new PredictRows(source, shortfalls, work));
        return EitherSpark.table(spark, rows, schema(schema, columns))
                .select(columns.names().stream().map(WantedColumns::named).toArray(Column[]::new));
    }

    /** A DataFrame's rows, planned when they are asked for: planning them runs what is before a shuffle. */
    private static final class DeferredRows extends RDD<InternalRow> {
        private static final long serialVersionUID = 1L;
        private static final ClassTag<InternalRow> ROW = ClassTag$.MODULE$.apply(InternalRow.class);

        private final transient Dataset<Row> rows;

        DeferredRows(Dataset<Row> rows) {
            // In place of a list of parents, whose type is another in Scala 2.13; what it depends on is asked for
            // below.
            super(rows.sparkSession().sparkContext().emptyRDD(ROW), ROW);
            this.rows = rows;
        }

        @Override
        public Partition[] getPartitions() {
            return rows.queryExecution().toRdd().partitions();
        }

        /** A list that cannot change is what Scala 2.13's Spark wants, and one of what 2.12's takes. */
        @Override
        public scala.collection.immutable.Seq<Dependency<?>> getDependencies() {
            return JavaConverters.asScalaBuffer(List.<Dependency<?>>of(
                            new OneToOneDependency<>(rows.queryExecution().toRdd())))
                    .toList();
        }

        @Override
        public scala.collection.Iterator<InternalRow> compute(Partition partition, TaskContext task) {
            return firstParent(ROW).iterator(partition, task);
        }
    }

    /** Of what tasks make: what is kept, and then what is predicted. */
    private static StructType schema(StructType input, PredictionColumns columns) {
        StructType schema = new StructType();
        for (PredictionColumns.Kept column : columns.kept()) {
            StructField field = input.apply(column.input());
            schema = schema.add(new StructField(column.name(), field.dataType(), field.nullable(), field.metadata()));
        }
        for (PredictionColumns.Made column : columns.made()) {
            schema = schema.add(column.name(), column.what().type(), true);
        }
        return schema;
    }

    /**
     * An image, and the class that is asked about.
     *
     * @param image it alone, of the model's shape
     */
    public record Asked(PackedImages image, int label) implements Serializable {}

    /** What speaks for a class in each of a few images, in their order: by occlusion, on the executors. */
    public List<Evidence> explain(List<Asked> images) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        int tasks = Math.max(1, Math.min(images.size(), context.defaultParallelism()));
        return JobName.during(
                spark.sparkContext(),
                "Covering parts of " + images.size() + " images",
                () -> context.parallelize(images, tasks)
                        .mapPartitions(new ExplainImages(
                                source, shortfalls, card.labels().size()))
                        .collect());
    }

    private PixelReader fitted(ImageRows images) {
        ImageShape input = card.input();
        if (images.shape().equals(input)) {
            return images.pixels();
        }
        if (card.resize() && images.shape().channels() == input.channels()) {
            Resize resize = new Resize(images.shape(), card.resized().orElseThrow());
            return new ResizedPixels(images.pixels(), images.shape().size(), resize);
        }
        throw new UserException(
                "predict with " + card.network(),
                "the images are " + images.shape() + ", the model takes " + input,
                "Use images of the model's shape, or train with data.resize = [" + input.height() + ", " + input.width()
                        + "]");
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
