package io.github.sparkcnn.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.data.ImageReader;
import io.github.sparkcnn.data.csv.CsvWriter;
import io.github.sparkcnn.data.format.ImageFormats;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.data.sample.SampleGarments;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableTrainingTest extends SparkTest {

    @TempDir
    private Path folder;

    /** Also where the table's labels are texts, and its files are many. */
    @Test
    void aTableTrainsTheSameParametersAsACsv() {
        SmallRuns runs = new SmallRuns(spark(), folder);
        String csv = folder.resolve("images.csv").toString();
        CsvWriter.write(runs.storage(), runs.storage().path(csv), SampleGarments.draw(Split.TRAIN, 300, 1));
        Dataset<Row> rows = ImageReader.on(spark())
                .read(new ImageSource(csv, "csv", Split.TRAIN, ImageFormats.AUTO))
                .rows()
                .coalesce(1)
                .withColumn("label", functions.col("label").cast("string"));
        String table = folder.resolve("table").toString();
        rows.write().option("maxRecordsPerFile", 70).parquet(table);

        runs.train("of-csv", "data.train=" + csv, "data.validation-fraction=0.1", "training.batch-size=32");
        runs.train("of-table", "data.train=" + table, "data.validation-fraction=0.1", "training.batch-size=32");

        assertThat(runs.parameters("of-table")).isEqualTo(runs.parameters("of-csv"));
        assertThat(runs.saved("of-table").card().labels())
                .isEqualTo(runs.saved("of-csv").card().labels());
    }
}
