package io.github.sparkcnn.predict.run;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.image.Classes;
import io.github.sparkcnn.io.NamedOutput;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.predict.PredictionColumns;
import io.github.sparkcnn.predict.WantedColumns;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.UserDefinedType;

/** A folder of files, which is there when all of them are. */
public final class PredictionFolder implements PredictionOutput {
    /** A file of more is written as several. */
    private static final long ROWS_A_FILE = 10_000_000;

    private final Storage storage;
    private final Path folder;
    private final PredictionFormat format;

    public PredictionFolder(Storage storage, Path folder, PredictionFormat format) {
        this.storage = storage;
        this.folder = folder;
        this.format = format;
    }

    @Override
    public void requireNew() {
        new NamedOutput(storage, folder, "--output").requireNewFolder("predictions");
    }

    @Override
    public void write(Dataset<Row> predictions, PredictionColumns columns, Classes classes, Runnable check) {
        Dataset<Row> rows = format == PredictionFormat.CSV ? flat(predictions, columns, classes) : predictions;
        DataFrameWriter<Row> writer = rows.write().mode("append").option("maxRecordsPerFile", ROWS_A_FILE);
        storage.writeFolder(folder, temporary -> {
            switch (format) {
                case PARQUET -> writer.parquet(temporary.toString());
                case JSON -> writer.json(temporary.toString());
                // A quote is doubled, as RFC 4180 has it: Spark would write \" on its own.
                case CSV ->
                    writer.option("header", true)
                            .option("escape", "\"")
                            .option("ignoreLeadingWhiteSpace", false)
                            .option("ignoreTrailingWhiteSpace", false)
                            .csv(temporary.toString());
            }
            check.run();
        });
    }

    /** CSV has no arrays: {@code probabilities} becomes {@code p0}, {@code p1} …, {@code top_names} {@code top_name_1} …. */
    private Dataset<Row> flat(Dataset<Row> rows, PredictionColumns columns, Classes classes) {
        return rows.select(columns.columns().stream()
                .flatMap(column -> column instanceof PredictionColumns.Made made
                        ? flat(made, columns.top(), classes.size())
                        : Stream.of(flat(rows.schema().apply(column.name()))))
                .toArray(Column[]::new));
    }

    private static Stream<Column> flat(PredictionColumns.Made made, int top, int classes) {
        Column column = WantedColumns.named(made.name());
        return switch (made.what()) {
            case PROBABILITIES -> elements(column, "p", 0, classes);
            case TOP_LABELS -> elements(column, "top_label_", 1, Math.min(top, classes));
            case TOP_NAMES -> elements(column, "top_name_", 1, Math.min(top, classes));
            case TOP_PROBABILITIES -> elements(column, "top_probability_", 1, Math.min(top, classes));
            default -> Stream.of(column);
        };
    }

    private static Stream<Column> elements(Column array, String name, int first, int count) {
        return IntStream.range(0, count).mapToObj(i -> array.getItem(i).as(name + (first + i)));
    }

    private static Column flat(StructField kept) {
        if (isNested(kept.dataType())) {
            throw new UserException(
                    "write predictions as CSV",
                    "column " + kept.name() + " is "
                            + kept.dataType().simpleString().toLowerCase(Locale.ROOT),
                    "Leave it out with --columns, or choose --output-format parquet");
        }
        return WantedColumns.named(kept.name());
    }

    private static boolean isNested(DataType type) {
        return List.of(ArrayType.class, BinaryType.class, MapType.class, StructType.class, UserDefinedType.class)
                .stream()
                .anyMatch(nested -> nested.isInstance(type));
    }
}
