package io.github.sparkcnn.data.csv;

import io.github.sparkcnn.data.format.Diagnosis;
import io.github.sparkcnn.data.format.EitherSpark;
import io.github.sparkcnn.data.format.ImageRows;
import io.github.sparkcnn.io.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Rows that keep what stands beside the image: the other columns as texts, the label where there is one, the image, and what is wrong with
 * it where it is none.
 */
final class CsvRows {

    private static final String IMAGE = "pixels";
    private static final String REASON = "malformed";

    private CsvRows() {}

    static ImageRows of(
            SparkSession spark, Storage storage, CsvFiles files, CsvColumns columns, boolean numberedLabels) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        List<CsvPart> parts = CsvSplits.of(context.hadoopConfiguration(), storage, files.paths());
        ReadRows reader =
                new ReadRows(new SerializableConfiguration(context.hadoopConfiguration()), columns, numberedLabels);
        StructType schema = schema(columns, numberedLabels);
        Dataset<Row> rows =
                EitherSpark.table(spark, CsvSplits.distribute(context, parts).flatMap(reader), schema);
        int others = columns.others().size();
        String[] names = schema.fieldNames();
        Optional<String> label = columns.hasLabel() ? Optional.of(names[others]) : Optional.empty();
        CsvColumns images = columns.withoutLabel();
        return new ImageRows(
                Storage.display(files.root()),
                rows,
                new PixelsOrReason(names.length - 2),
                columns.images().shape(),
                List.of(names[names.length - 2], names[names.length - 1]),
                label,
                new FirstBadRow(files, images, CsvLabels.numbers(Optional.empty()), Diagnosis.NONE));
    }

    /** The others, the label, the image, the reason: each name once, whatever its case. */
    private static StructType schema(CsvColumns columns, boolean numberedLabels) {
        List<String> names = new ArrayList<>();
        columns.others().forEach(column -> add(names, columns.name(column)));
        StructType schema = new StructType();
        for (String name : names) {
            schema = schema.add(name, DataTypes.StringType);
        }
        if (columns.hasLabel()) {
            add(names, columns.header().equals(CsvHeader.NONE) ? "label" : columns.name(columns.label()));
            schema = schema.add(
                    names.get(names.size() - 1), numberedLabels ? DataTypes.IntegerType : DataTypes.StringType);
        }
        add(names, IMAGE);
        schema = schema.add(names.get(names.size() - 1), DataTypes.BinaryType);
        add(names, REASON);
        return schema.add(names.get(names.size() - 1), DataTypes.StringType);
    }

    private static void add(List<String> names, String name) {
        String free = name;
        while (names.stream().anyMatch(free::equalsIgnoreCase)) {
            free += "_";
        }
        names.add(free);
    }
}
