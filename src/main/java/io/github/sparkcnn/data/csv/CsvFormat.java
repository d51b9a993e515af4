package io.github.sparkcnn.data.csv;

import io.github.sparkcnn.data.format.ImageFiles;
import io.github.sparkcnn.data.format.ImageFormat;
import io.github.sparkcnn.data.format.ImageRows;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.format.LeftOut;
import io.github.sparkcnn.data.pack.Reading;
import io.github.sparkcnn.image.Classes;
import io.github.sparkcnn.io.Storage;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * CSV with a row an image: a label and a column a pixel, such as Kaggle's {@code label,pixel1..pixelN}; header or not, plain or
 * compressed, a file or a folder of parts. It has no mark: what no other format recognises is taken for it.
 */
public final class CsvFormat implements ImageFormat {

    @Override
    public String name() {
        return "csv";
    }

    @Override
    public ImageFiles read(JavaSparkContext spark, Storage storage, ImageSource source, FileStatus root) {
        CsvFiles files = CsvFiles.in(storage, root);
        CsvLook look = CsvLook.at(files);
        CsvColumns columns = look.columns(source);
        if (!columns.hasLabel()) {
            throw look.noLabel(columns);
        }
        List<CsvPart> parts = CsvSplits.of(spark.hadoopConfiguration(), storage, files.paths());
        Optional<List<String>> written = look.hasNumberedLabels(columns)
                ? Optional.empty()
                : Optional.of(source.classes()
                        .map(CsvFormat::writings)
                        .orElseGet(() -> FindLabels.of(spark, files, columns, parts)));
        CsvLabels labels = written.map(texts -> CsvLabels.texts(texts, source.classes()))
                .orElseGet(() -> CsvLabels.numbers(source.classes()));
        LeftOut leftOut = LeftOut.of(spark.sc(), "rows", files.root().toString());
        JavaRDD<Reading> readings = CsvSplits.distribute(spark, parts)
                .flatMap(new ReadPart(
                        new SerializableConfiguration(spark.hadoopConfiguration()),
                        columns,
                        labels,
                        source.malformed(),
                        leftOut));
        return new ImageFiles(
                Storage.display(files.root()),
                columns.images().shape(),
                readings,
                split(parts),
                new FirstBadRow(files, columns, labels, leftOut),
                written);
    }

    /** All that a class may be written as, each once. */
    private static List<String> writings(Classes classes) {
        return Stream.concat(classes.names().stream(), classes.values().stream())
                .distinct()
                .toList();
    }

    private static List<Path> split(List<CsvPart> parts) {
        return parts.stream()
                .filter(part -> !part.whole())
                .map(CsvPart::path)
                .distinct()
                .toList();
    }

    @Override
    public ImageRows rows(SparkSession spark, Storage storage, ImageSource source, FileStatus root) {
        CsvFiles files = CsvFiles.in(storage, root);
        CsvLook look = CsvLook.at(files);
        CsvColumns columns = look.columns(source);
        boolean numbered = columns.hasLabel() && look.hasNumberedLabels(columns);
        return CsvRows.of(spark, storage, files, columns, numbered);
    }
}
