package io.github.sparkcnn.data;

import io.github.sparkcnn.UserException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.spark.api.java.JavaNewHadoopRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Kaggle's CSV: {@code label,pixel1..pixelN} a row, header or not, plain or compressed, a file or a folder of parts. */
final class CsvImages {

    private CsvImages() {}

    static ImageTable table(SparkSession spark, ImageSource source, CsvFiles files) {
        CsvLayout layout = new CsvLayout(files.shape(), source.classes());
        DroppedRows dropped = new DroppedRows();
        spark.sparkContext().register(dropped, "dropped rows of " + files.root());

        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        Configuration hadoop = CsvInputFormat.configured(context.hadoopConfiguration(), files.paths());
        JavaNewHadoopRDD<LongWritable, Text> lines = (JavaNewHadoopRDD<LongWritable, Text>)
                context.newAPIHadoopRDD(hadoop, CsvInputFormat.class, LongWritable.class, Text.class);
        JavaRDD<Row> rows = lines.mapPartitionsWithInputSplit(new CsvSplit(layout, source.malformed(), dropped), false);
        return new ImageTable(
                BadImages.display(files.root()),
                ImageTable.rows(spark, rows),
                layout.shape(),
                source.classes(),
                files.paths(),
                new SecondLook(files, layout, dropped));
    }

    /** Numbers the first bad row by reading the files again, which only a report needs. */
    private record SecondLook(CsvFiles files, CsvLayout layout, DroppedRows dropping) implements ImageTable.Diagnosis {
        @Override
        public Optional<UserException> explain(UserException failure) {
            return files.firstBadRow(layout).map(CsvFiles::refusal);
        }

        @Override
        public Optional<ImageTable.Dropped> dropped() {
            if (dropping.isZero()) {
                return Optional.empty();
            }
            return files.firstBadRow(layout)
                    .map(bad -> new ImageTable.Dropped(
                            dropping.value(),
                            "row " + bad.row() + " of " + BadImages.display(bad.file()) + ", which " + bad.reason()));
        }
    }
}
