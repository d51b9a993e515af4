package io.github.sparkcnn.ml;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.network.NetworkState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.IndexToString;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.ml.tuning.TrainValidationSplit;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the other parts of Spark ML: pipelines, tuning, evaluators, indexers, saving and loading. */
class CnnPipelineTest extends SparkTest {

    @TempDir
    static Path folder;

    private static final MulticlassClassificationEvaluator ACCURACY =
            new MulticlassClassificationEvaluator().setMetricName("accuracy");

    private static Dataset<Row> train;
    private static Dataset<Row> test;

    @BeforeAll
    static void draw() {
        train = SampleFrames.train(spark()).cache();
        test = SampleFrames.test(spark()).cache();
    }

    @Test
    void predictionsAreVectorsBesideAllOtherColumns() {
        CnnClassificationModel model = learning().fit(train);

        Dataset<Row> predicted = model.transform(test.withColumn("a.b", col("id")));

        assertThat(predicted.columns())
                .containsExactly("id", "label", "features", "a.b", "rawPrediction", "probability", "prediction");
        assertThat(predicted.schema().names())
                .isEqualTo(
                        model.transformSchema(test.withColumn("a.b", col("id")).schema())
                                .names());
        List<Row> rows = predicted.collectAsList();
        assertThat(rows.stream().map(row -> row.getLong(0)).toList())
                .isEqualTo(test.select("id").collectAsList().stream()
                        .map(row -> row.getLong(0))
                        .toList());
        for (Row row : rows) {
            Vector probability = row.getAs("probability");
            Vector raw = row.getAs("rawPrediction");
            assertThat(probability.size()).isEqualTo(10);
            assertThat(probability.argmax())
                    .isEqualTo((int) row.<Double>getAs("prediction").doubleValue());
            double sum = 0;
            for (int i = 0; i < 10; i++) {
                assertThat(raw.apply(i)).isCloseTo(Math.log(probability.apply(i)), within(1e-12));
                sum += probability.apply(i);
            }
            assertThat(sum).isCloseTo(1, within(1e-5));
        }
        assertThat(ACCURACY.evaluate(predicted)).isGreaterThan(0.5);
    }

    /** Also where rows are shuffled before, which adaptive execution begins with when it plans. */
    @Test
    void transformRunsNoJobUntilRowsAreAskedFor() {
        CnnClassificationModel model = SampleFrames.small().fit(train);
        spark().sparkContext().setJobGroup("transform", "", false);

        Dataset<Row> predicted = model.transform(
                test.repartition(3).groupBy("id").agg(first("features").as("features")));
        predicted.schema();
        assertThat(jobs("transform")).isZero();
        assertThat(predicted.count()).isEqualTo(SampleFrames.TEST);
        assertThat(jobs("transform")).isPositive();
        assertThat(predicted.sort("id").select("prediction").collectAsList())
                .isEqualTo(model.transform(test).sort("id").select("prediction").collectAsList());

        spark().sparkContext().clearJobGroup();
    }

    private static int jobs(String group) {
        return spark().sparkContext().statusTracker().getJobIdsForGroup(group).length;
    }

    private static CnnClassifier learning() {
        return SampleFrames.small()
                .setNetwork("fashion-cnn")
                .setEpochs(3)
                .setBatchSize(16)
                .setLearningRate(2e-3);
    }

    @Test
    void emptyNamesLeaveColumnsOut() {
        CnnClassificationModel model = SampleFrames.small()
                .setRawPredictionCol("")
                .setProbabilityCol("")
                .setPredictionCol("said")
                .fit(train);

        assertThat(model.transform(test).columns()).containsExactly("id", "label", "features", "said");
        assertThat(model.setPredictionCol("").transform(test).columns()).containsExactly("id", "label", "features");
    }

    @Test
    void thresholdsShiftThePrediction() {
        CnnClassificationModel model = SampleFrames.small().fit(train);
        double[] thresholds = new double[10];
        Arrays.fill(thresholds, 1);
        thresholds[3] = 0;

        assertThat(model.setThresholds(thresholds)
                        .transform(test)
                        .select("prediction")
                        .distinct()
                        .collectAsList())
                .extracting(row -> row.getDouble(0))
                .containsExactly(3.0);
    }

    @Test
    void labelsMayBeTextsOrAnyWholeNumbers() {
        Dataset<Row> texts = train.withColumn("kind", concat(lit("kind "), col("label")));
        Dataset<Row> numbers = train.withColumn("kind", col("label").multiply(7).minus(20));
        PipelineModel indexed = new Pipeline()
                .setStages(new PipelineStage[] {
                    new StringIndexer()
                            .setInputCol("kind")
                            .setOutputCol("index")
                            .setStringOrderType("alphabetAsc"),
                    SampleFrames.small().setLabelCol("index"),
                    new IndexToString().setInputCol("prediction").setOutputCol("name")
                })
                .fit(texts);
        CnnClassificationModel named = SampleFrames.small().setLabelCol("kind").fit(texts);
        CnnClassificationModel numbered =
                SampleFrames.small().setLabelCol("kind").fit(numbers);

        assertThat(named.labels()).hasSize(10).startsWith("kind 0", "kind 1");
        assertThat(((CnnClassificationModel) indexed.stages()[1]).labels()).isEqualTo(named.labels());
        List<String> names = new IndexToString()
                        .setInputCol("prediction")
                        .setOutputCol("name")
                        .transform(named.transform(test))
                        .select("name")
                        .collectAsList()
                        .stream()
                        .map(row -> row.getString(0))
                        .toList();
        assertThat(indexed.transform(test.withColumn("kind", concat(lit("kind "), col("label"))))
                        .select("name")
                        .collectAsList())
                .extracting(row -> row.getString(0))
                .isEqualTo(names);
        assertThat(numbered.transform(test).select("prediction").collectAsList())
                .extracting(row -> "kind " + ((int) row.getDouble(0) + 20) / 7)
                .isEqualTo(names);
    }

    @Test
    void aPipelineIsSavedAndLoaded() throws IOException {
        PipelineModel model = new Pipeline()
                .setStages(new PipelineStage[] {SampleFrames.small().setPredictionCol("said")})
                .fit(train);
        String path = folder.resolve("pipeline").toString();
        String stages = folder.resolve("stages").toString();
        model.write().overwrite().save(path);
        new Pipeline()
                .setStages(new PipelineStage[] {SampleFrames.small().setBatchSize(9)})
                .save(stages);

        // A session of its own, as after a restart.
        PipelineModel loaded =
                PipelineModel.read().session(spark().newSession()).load(path);
        CnnClassifier estimator = (CnnClassifier) Pipeline.load(stages).getStages()[0];

        assertThat(loaded.uid()).isEqualTo(model.uid());
        assertThat(loaded.transform(test).columns()).contains("said");
        assertThat(loaded.transform(test).collectAsList())
                .isEqualTo(model.transform(test).collectAsList());
        assertThat(estimator.getBatchSize()).isEqualTo(9);
        assertThat(estimator.getConf()).containsExactly("device.threads=1");
        assertThat(estimator.isSet(estimator.epochs())).isTrue();
        assertThat(estimator.isSet(estimator.optimizer())).isFalse();
    }

    /** Fits of one application take turns, so that parallel ones come to the same. */
    @Test
    void crossValidationOverLearningRateAndAveragingFrequency() throws IOException {
        CnnClassifier estimator = SampleFrames.small().setWorkers(2).setBatchSize(16);
        ParamMap[] grid = new ParamGridBuilder()
                .addGrid(estimator.learningRate(), new double[] {1e-4, 1e-3})
                .addGrid(estimator.averagingFrequency(), new int[] {1, 5})
                .build();
        CrossValidator tuning = new CrossValidator()
                .setEstimator(estimator)
                .setEvaluator(new MulticlassClassificationEvaluator().setMetricName("logLoss"))
                .setEstimatorParamMaps(grid)
                .setNumFolds(2)
                .setSeed(1);

        CrossValidatorModel found = tuning.fit(train);
        CrossValidatorModel parallel = tuning.setParallelism(2).fit(train);

        double[] losses = found.avgMetrics();
        assertThat(losses).hasSize(4).doesNotHaveDuplicates().isEqualTo(parallel.avgMetrics());
        int lowest = IntStream.range(0, 4)
                .boxed()
                .min(Comparator.comparing(i -> losses[i]))
                .orElseThrow();
        CnnClassificationModel best = (CnnClassificationModel) found.bestModel();
        CnnClassifier chosen = (CnnClassifier) best.parent();
        assertThat(chosen.getLearningRate()).isEqualTo(grid[lowest].apply(estimator.learningRate()));
        assertThat(chosen.getAveragingFrequency()).isEqualTo(grid[lowest].apply(estimator.averagingFrequency()));

        String path = folder.resolve("tuned").toString();
        found.write().overwrite().save(path);
        CrossValidatorModel loaded = CrossValidatorModel.load(path);
        assertThat(NetworkState.of(((CnnClassificationModel) loaded.bestModel())
                                .saved()
                                .network())
                        .parameters())
                .isEqualTo(NetworkState.of(best.saved().network()).parameters());
        assertThat(ACCURACY.evaluate(loaded.transform(test))).isEqualTo(ACCURACY.evaluate(found.transform(test)));
    }

    @Test
    void aSplitForValidationTunesToo() {
        CnnClassifier estimator = SampleFrames.small();
        ParamMap[] grid = new ParamGridBuilder()
                .addGrid(estimator.batchSize(), new int[] {16, 400})
                .build();

        assertThat(new TrainValidationSplit()
                        .setEstimator(estimator)
                        .setEvaluator(ACCURACY)
                        .setEstimatorParamMaps(grid)
                        .setSeed(1)
                        .fit(train)
                        .validationMetrics())
                .hasSize(2)
                .doesNotHaveDuplicates();
    }
}
