package io.github.sparkcnn.predict;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.data.format.Diagnosis;
import io.github.sparkcnn.data.format.ImageRows;
import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.data.sample.SampleGarments;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.image.PixelScale;
import io.github.sparkcnn.model.ModelCard;
import io.github.sparkcnn.model.ModelFolder;
import io.github.sparkcnn.network.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class PredictionsTest extends SparkTest {

    private static final int ROWS = 700;
    private static final int PIXELS = 2;
    private static final StructType SCHEMA = new StructType()
            .add("id", DataTypes.LongType)
            .add("name", DataTypes.StringType)
            .add("pixels", DataTypes.BinaryType)
            .add("class", DataTypes.StringType)
            .add("tags", DataTypes.createArrayType(DataTypes.StringType));

    private static Network network;
    private static PackedImages images;

    @BeforeAll
    static void buildModelAndImages() {
        network = SavedModels.build("all-convolutional");
        images = SampleGarments.draw(Split.TEST, ROWS, 2);
    }

    /** A row that cannot be read is no image to the network, and stands where it stood. */
    @Test
    void rowsStayWhereTheyAreWithAllThatStandsBesideTheImage() {
        Dataset<Row> table = table();

        List<Row> rows = predict(
                table, PredictionColumns.behind(List.of("name", "tags", "id"), Predicted.LABEL, Predicted.ERROR));

        assertThat(rows).hasSize(ROWS);
        List<Row> input = table.collectAsList();
        for (int i = 0; i < ROWS; i++) {
            Row row = rows.get(i);
            assertThat((long) row.getAs("id")).isEqualTo(i);
            assertThat(row.<String>getAs("name")).isEqualTo(input.get(i).getAs("name"));
            assertThat(row.<Object>getAs("tags")).isEqualTo(input.get(i).getAs("tags"));
            if (isBad(i)) {
                assertThat(row.<Object>getAs("label")).isNull();
                assertThat(row.<String>getAs("error")).isEqualTo("has 3 values, not 784");
            } else {
                assertThat((int) row.getAs("label")).isEqualTo(expected(i));
                assertThat(row.<Object>getAs("error")).isNull();
            }
        }
    }

    @Test
    void partitionsStay() {
        Dataset<Row> table = table();
        try (Predictions predictions = predictions()) {
            Dataset<Row> predicted =
                    predictions.of(rows(table), PredictionColumns.behind(List.of("id"), Predicted.LABEL));

            assertThat(predicted
                            .rdd()
                            .glom()
                            .toJavaRDD()
                            .map(part -> ((Object[]) part).length)
                            .collect())
                    .isEqualTo(table.rdd()
                            .glom()
                            .toJavaRDD()
                            .map(part -> ((Object[]) part).length)
                            .collect());
        }
    }

    /** Spark leaves in the files what nobody wants. */
    @Test
    void columnsThatNobodyWantsAreNotRead(@org.junit.jupiter.api.io.TempDir java.nio.file.Path folder) {
        String file = folder.resolve("table").toString();
        table().write().parquet(file);

        String plan = WantedColumns.of(spark().read().parquet(file), List.of("pixels", "id"))
                .queryExecution()
                .executedPlan()
                .toString();

        assertThat(plan).contains("ReadSchema: struct<id:bigint,pixels:binary>");
    }

    @Test
    void aNetworkOfNotANumberIsNoPrediction() {
        Network diverged = SavedModels.build("fashion-cnn");
        diverged.parameters().assign(Float.NaN);
        try (Predictions predictions = Predictions.of(spark(), saved(diverged), PredictionEngine.AUTO)) {
            List<Row> rows = predictions
                    .of(rows(table()), PredictionColumns.behind(List.of("id"), Predicted.NAME, Predicted.ERROR))
                    .limit(1)
                    .collectAsList();

            assertThat(rows.get(0).<Object>getAs("name")).isNull();
            assertThat(rows.get(0).<String>getAs("error")).isEqualTo("the network's output is not a number");
        }
    }

    private static List<Row> predict(Dataset<Row> table, PredictionColumns columns) {
        try (Predictions predictions = predictions()) {
            return predictions.of(rows(table), columns).collectAsList();
        }
    }

    private static Predictions predictions() {
        return Predictions.of(spark(), saved(network), PredictionEngine.AUTO);
    }

    private static ModelFolder.Saved saved(Network network) {
        return new ModelFolder.Saved(
                network,
                ModelCard.unsaved("all-convolutional", SampleGarments.labels(), ImageShape.MNIST, PixelScale.UNIT));
    }

    private static ImageRows rows(Dataset<Row> table) {
        return new ImageRows(
                "a table",
                table,
                row -> row.getBinary(PIXELS),
                ImageShape.MNIST,
                List.of("pixels"),
                Optional.of("class"),
                Diagnosis.NONE);
    }

    private static boolean isBad(int i) {
        return i % 100 == 50;
    }

    private static Dataset<Row> table() {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            byte[] image = Arrays.copyOfRange(images.pixels(), i * 784, (i + 1) * 784);
            rows.add(RowFactory.create(
                    (long) i,
                    i % 7 == 0 ? null : "n".repeat(i % 50),
                    isBad(i) ? new byte[3] : image,
                    "c",
                    List.of("t" + i)));
        }
        return spark().createDataFrame(rows, SCHEMA).repartitionByRange(3, org.apache.spark.sql.functions.col("id"));
    }

    private static int expected(int i) {
        float[] features = new float[784];
        PixelScale.UNIT.table(images.shape()).apply(images.pixels(), i * 784, features, 0, 784);
        return network.output(Nd4j.create(features, 1, 1, 28, 28)).argMax(1).getInt(0);
    }
}
