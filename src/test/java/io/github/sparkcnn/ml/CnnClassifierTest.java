package io.github.sparkcnn.ml;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.udf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.model.ModelFolder;
import io.github.sparkcnn.network.NetworkState;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.train.TrainingResult;
import io.github.sparkcnn.train.TrainingRun;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CnnClassifierTest extends SparkTest {

    @TempDir
    static Path folder;

    private static Dataset<Row> train;
    private static float[] expected;

    @BeforeAll
    static void fitOnBytes() {
        train = SampleFrames.train(spark()).cache();
        expected = parameters(SampleFrames.small().fit(train));
    }

    @Test
    void fitsTheNumbersOfTheCommandTrain() {
        for (String strategy : List.of("local", "all-reduce")) {
            Dataset<Row> both = train.withColumn("held", lit(false))
                    .union(SampleFrames.test(spark()).withColumn("held", lit(true)));
            CnnClassificationModel fitted = SampleFrames.small()
                    .setNetwork("fashion-cnn")
                    .setEpochs(2)
                    .setStrategy(strategy)
                    .setWorkers(strategy.equals("local") ? 1 : 2)
                    .setNormalize("standard")
                    .setAugmentation("[{name = flip}]")
                    .setConf("training.schedule", "{name = cosine}")
                    .setValidationIndicatorCol("held")
                    .fit(both);

            TrainingResult run = run(
                    strategy,
                    "network.name=fashion-cnn",
                    "training.epochs=2",
                    "training.batch-size=32",
                    "training.strategy=" + strategy,
                    "training.workers=" + (strategy.equals("local") ? 1 : 2),
                    "data.normalize=standard",
                    "training.augmentation=[{name = flip}]",
                    "training.schedule={name = cosine}",
                    "device.threads=1");
            ModelFolder.Saved saved = ModelFolder.load(storage(), run.output().toString());
            assertThat(parameters(fitted))
                    .as(strategy)
                    .isEqualTo(NetworkState.of(saved.network()).parameters());
            assertThat(fitted.saved().card().normalization())
                    .isEqualTo(saved.card().normalization());
            assertThat(fitted.epochs().stream().map(EpochMetrics::trainLoss).toList())
                    .isEqualTo(
                            run.epochs().stream().map(EpochMetrics::trainLoss).toList());
            assertThat(fitted.epochs().stream()
                            .map(EpochMetrics::validationLoss)
                            .toList())
                    .doesNotContainNull()
                    .isEqualTo(run.epochs().stream()
                            .map(EpochMetrics::validationLoss)
                            .toList());
        }
    }

    private static TrainingResult run(String name, String... settings) {
        List<String> all = new ArrayList<>(List.of(
                "data.train=sample:train",
                "data.test=sample:test",
                "data.sample.train-images=" + SampleFrames.TRAIN,
                "data.sample.test-images=" + SampleFrames.TEST));
        all.addAll(List.of(settings));
        return new TrainingRun(
                        spark(),
                        ConfigurationReader.read(name, "", all),
                        storage(),
                        storage().path(folder.resolve(name).toString()),
                        List.of())
                .execute();
    }

    @Test
    void takesImagesInAnyKindOfColumn() {
        Dataset<Row> frames = train.withColumn("numbers", numbers(col("features")))
                .withColumn("signed", col("numbers").cast("array<double>").cast("array<tinyint>"))
                .withColumn("floats", col("numbers").cast("array<float>"))
                .withColumn(
                        "dense",
                        org.apache.spark.ml.functions.array_to_vector(
                                col("numbers").cast("array<double>")))
                .withColumn(
                        "sparse",
                        udf(
                                        (UDF1<org.apache.spark.ml.linalg.Vector, org.apache.spark.ml.linalg.Vector>)
                                                org.apache.spark.ml.linalg.Vector::toSparse,
                                        SQLDataTypes.VectorType())
                                .apply(col("dense")))
                .withColumn("image", image(col("features"), 28, 28, 1))
                .withColumn("photo", png(col("features")))
                .withColumn("nested", nested(col("numbers")));

        for (String column : List.of("numbers", "signed", "floats", "dense", "sparse", "image", "photo", "nested")) {
            CnnClassificationModel model =
                    SampleFrames.small().setFeaturesCol(column).fit(frames);

            assertThat(parameters(model)).as(column).isEqualTo(expected);
            assertThat(model.transform(frames).select("probability").collectAsList())
                    .as(column)
                    .isEqualTo(new CnnClassificationModel("same", model.saved())
                            .transform(train)
                            .select("probability")
                            .collectAsList());
        }
    }

    /** {@code [28][28][1]}. */
    private static Column nested(Column numbers) {
        return transform(
                sequence(lit(0), lit(27)),
                y -> transform(slice(numbers, y.multiply(28).plus(1), lit(28)), x -> array(x)));
    }

    private static Column png(Column grey) {
        return udf(
                        (UDF1<byte[], byte[]>) bytes -> {
                            BufferedImage picture = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
                            picture.getRaster().setDataElements(0, 0, 28, 28, bytes);
                            ByteArrayOutputStream out = new ByteArrayOutputStream();
                            ImageIO.write(picture, "png", out);
                            return out.toByteArray();
                        },
                        DataTypes.BinaryType)
                .apply(grey);
    }

    /** The pixels 66 and 77 are a bitmap's mark, and what follows is no bitmap's header. */
    @Test
    void predictsPixelsThatLookLikeAPictureByChance() {
        CnnClassificationModel model = new CnnClassificationModel(
                "raw", SampleFrames.small().fit(train).saved());
        Dataset<Row> rows = train.limit(5)
                .withColumn("features", concat(lit(new byte[] {'B', 'M'}), expr("substring(features, 3)")))
                .withColumn("bytes", col("features"))
                .withColumn("features", numbers(col("features")));

        assertThat(model.copy(new ParamMap().put(model.featuresCol(), "bytes"))
                        .transform(rows)
                        .select("probability")
                        .collectAsList())
                .hasSize(5)
                .isEqualTo(model.transform(rows).select("probability").collectAsList());
    }

    private static Column numbers(Column bytes) {
        return udf(
                        (UDF1<byte[], int[]>) values -> IntStream.range(0, values.length)
                                .map(i -> values[i] & 0xff)
                                .toArray(),
                        DataTypes.createArrayType(DataTypes.IntegerType))
                .apply(bytes);
    }

    private static Column image(Column data, int height, int width, int channels) {
        return org.apache.spark.sql.functions.struct(
                lit("").as("origin"),
                lit(height).as("height"),
                lit(width).as("width"),
                lit(channels).as("nChannels"),
                lit(channels == 1 ? 0 : 16).as("mode"),
                data.as("data"));
    }

    /** Planes; a pixel's red, green and blue together; Spark's struct with blue before green before red. */
    @Test
    void takesColourInAnyOrder() {
        Dataset<Row> frames = train.limit(60)
                .withColumn("planes", coloured((plane, i) -> plane * 784 + i))
                .withColumn("interleaved", coloured((plane, i) -> i * 3 + plane))
                .withColumn("image", image(coloured((plane, i) -> i * 3 + 2 - plane), 28, 28, 3));

        float[] planes = colour(frames, "planes", 3, 28, 28);

        assertThat(colour(frames, "interleaved", 28, 28, 3)).isEqualTo(planes);
        assertThat(parameters(SampleFrames.small().setFeaturesCol("image").fit(frames)))
                .isEqualTo(planes);
    }

    private static float[] colour(Dataset<Row> frames, String column, int... shape) {
        return parameters(
                SampleFrames.small().setFeaturesCol(column).setShape(shape).fit(frames));
    }

    /** Where a plane's pixel i lies. */
    private interface Order extends Serializable {
        int place(int plane, int i);
    }

    /** Of grey pixels x the planes x, 255 − x and x / 2. */
    private static Column coloured(Order order) {
        return udf(
                        (UDF1<byte[], byte[]>) grey -> {
                            byte[] colours = new byte[3 * grey.length];
                            for (int i = 0; i < grey.length; i++) {
                                int x = grey[i] & 0xff;
                                colours[order.place(0, i)] = (byte) x;
                                colours[order.place(1, i)] = (byte) (255 - x);
                                colours[order.place(2, i)] = (byte) (x / 2);
                            }
                            return colours;
                        },
                        DataTypes.BinaryType)
                .apply(col("features"));
    }

    @Test
    void resizesImagesOfSeveralSizes() {
        Dataset<Row> sizes = train.withColumn("image", image(col("features"), 28, 28, 1))
                .union(train.limit(40).withColumn("image", image(col("features"), 14, 56, 1)));

        CnnClassificationModel model = SampleFrames.small()
                .setFeaturesCol("image")
                .setConf("data.resize", "[20, 20]")
                .fit(sizes);

        assertThat(model.saved().card().input()).hasToString("1×20×20");
        assertThat(model.transform(sizes).where("prediction is not null").count())
                .isEqualTo(SampleFrames.TRAIN + 40L);
        assertThatThrownBy(() -> SampleFrames.small().setFeaturesCol("image").fit(sizes))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("has an image of 1×14×56, not 1×28×28 (data.resize brings all to one size)");
    }

    @Test
    void goesOnFromASavedModel() throws IOException {
        String path = folder.resolve("first").toString();
        CnnClassificationModel first = SampleFrames.small().fit(train);
        first.write().overwrite().save(path);

        CnnClassificationModel unchanged = SampleFrames.small()
                .setInitialModel(path)
                .setOptimizer("sgd")
                .setLearningRate(1e-30)
                .fit(train);

        assertThat(parameters(unchanged)).isEqualTo(parameters(first));
    }

    @Test
    void copiesKeepUidAndParametersAndModelsTheirParent() {
        CnnClassifier estimator = SampleFrames.small().setLabelCol("label").setPredictionCol("said");
        CnnClassifier copy = estimator.copy(new ParamMap().put(estimator.batchSize(), 7));
        CnnClassificationModel model = copy.fit(train);
        CnnClassificationModel other = model.copy(new ParamMap().put(model.predictionCol(), "other"));

        assertThat(copy.uid()).isEqualTo(estimator.uid());
        assertThat(copy.getBatchSize()).isEqualTo(7);
        assertThat(estimator.getBatchSize()).isEqualTo(32);
        assertThat(copy.getConf()).isEqualTo(estimator.getConf());
        assertThat(model.uid()).isEqualTo(estimator.uid());
        assertThat(model.parent()).isSameAs(copy);
        assertThat(model.getPredictionCol()).isEqualTo("said");
        assertThat(other.parent()).isSameAs(copy);
        assertThat(other.getPredictionCol()).isEqualTo("other");
        assertThat(other.transform(train).columns()).contains("other").doesNotContain("said");
    }

    @Test
    void explainsEveryParameterWithItsDefault() {
        CnnClassifier estimator = new CnnClassifier();

        assertThat(estimator.params()).hasSize(23);
        assertThat(estimator.explainParams())
                .contains("epochs: times that each image is seen (training.epochs) (default: 20)")
                .contains("learningRate: of the optimizer (training.optimizer.learning-rate) (default: 0.001)")
                .contains("strategy: how the workers agree (training.strategy) (default: all-reduce)")
                .contains("featuresCol: column of the images");
        assertThatThrownBy(() -> estimator.setEpochs(0)).hasMessageContaining("epochs given invalid value 0");
        assertThatThrownBy(() -> estimator.setThresholds(new double[] {0, 0}))
                .hasMessageContaining("thresholds given invalid value");
    }

    private static float[] parameters(CnnClassificationModel model) {
        return NetworkState.of(model.saved().network()).parameters();
    }

    private static Storage storage() {
        return Storage.ofLocalMaster(spark().sparkContext().hadoopConfiguration());
    }
}
