package io.github.sparkcnn.ml;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.network.NetworkState;
import java.util.List;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rows without an image that can be read, as Spark ML's handleInvalid has them. */
class HandleInvalidTest extends SparkTest {

    private static final Column BAD = col("id").isin(7, 9);
    private static final String[] PREDICTED = {"rawPrediction", "probability", "prediction"};

    private static Dataset<Row> good;
    /** Of the same rows 7 has no image, and 9 one of three bytes. */
    private static Dataset<Row> some;

    private static CnnClassificationModel model;

    @BeforeAll
    static void fit() {
        good = SampleFrames.train(spark()).limit(60).cache();
        some = good.withColumn(
                "features",
                when(col("id").equalTo(7), lit(null))
                        .when(col("id").equalTo(9), lit(new byte[3]))
                        .otherwise(col("features")));
        model = SampleFrames.small().fit(good);
    }

    private static CnnClassificationModel handling(String word) {
        return model.copy(new ParamMap()).setHandleInvalid(word);
    }

    @Test
    void anErrorEndsTheJobUnlessTheUserSaysOtherwise() {
        assertThat(model.getHandleInvalid()).isEqualTo("error");
        assertThatThrownBy(() -> model.transform(some).count())
                .rootCause()
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot predict the image in column features: it ")
                .hasMessageEndingWith(". Correct the row or leave it out.");
        assertThat(model.transform(some.where(col("id").equalTo(8))).count()).isOne();
    }

    @Test
    void skippedRowsAreLeftOut() {
        Dataset<Row> predicted = handling("skip").transform(some);

        assertThat(predicted.count()).isEqualTo(58);
        assertThat(predicted.collectAsList())
                .isEqualTo(model.transform(good.where(not(BAD))).collectAsList());
        assertThat(predicted.schema().apply("prediction").nullable())
                .isEqualTo(model.transform(good).schema().apply("prediction").nullable());
    }

    @Test
    void keptRowsHaveNoPrediction() {
        Dataset<Row> predicted = handling("keep").transform(some);

        assertThat(predicted.select("id").collectAsList())
                .isEqualTo(good.select("id").collectAsList());
        for (Row row : predicted.where(BAD).collectAsList()) {
            assertThat(PREDICTED)
                    .allSatisfy(name -> assertThat(row.<Object>getAs(name)).isNull());
        }
        assertThat(predicted.where(not(BAD)).collectAsList())
                .isEqualTo(model.transform(good.where(not(BAD))).collectAsList());
        assertThat(List.of(PREDICTED))
                .allSatisfy(name -> assertThat(handling("keep")
                                .transformSchema(good.schema())
                                .apply(name)
                                .nullable())
                        .isTrue())
                .allSatisfy(name -> assertThat(
                                model.transformSchema(good.schema()).apply(name).nullable())
                        .isFalse());
    }

    @Test
    void anOutputThatIsNoNumberIsNoPrediction() {
        CnnClassificationModel diverged =
                SampleFrames.small().setNetwork("fashion-cnn").fit(good);
        diverged.saved().network().parameters().assign(Double.NaN);

        assertThatThrownBy(() -> diverged.transform(good).count())
                .rootCause()
                .hasMessageContaining("the network's output is not a number");
        assertThat(diverged.setHandleInvalid("keep")
                        .transform(good)
                        .where("prediction is null")
                        .count())
                .isEqualTo(60);
    }

    @Test
    void trainingLeavesOutWhatIsSkippedOrKept() {
        float[] expected = parameters(SampleFrames.small().fit(good.where(not(BAD))));

        assertThat(parameters(SampleFrames.small().setHandleInvalid("skip").fit(some)))
                .isEqualTo(expected);
        assertThat(parameters(SampleFrames.small()
                        .setHandleInvalid("keep")
                        .setConf("data.malformed", "fail")
                        .fit(good.withColumn("label", when(not(BAD), col("label"))))))
                .isEqualTo(expected);
        assertThatThrownBy(() -> SampleFrames.small().setHandleInvalid("error").fit(some))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot read the DataFrame: a row whose id is 7 ");
    }

    private static float[] parameters(CnnClassificationModel fitted) {
        return NetworkState.of(fitted.saved().network()).parameters();
    }

    @Test
    void otherWordsAreRefusedAndTheParameterIsPassedOn() {
        assertThatThrownBy(() -> new CnnClassifier().setHandleInvalid("drop"))
                .hasMessageContaining("handleInvalid given invalid value drop");
        assertThat(SampleFrames.small().setHandleInvalid("skip").fit(good).getHandleInvalid())
                .isEqualTo("skip");
    }
}
