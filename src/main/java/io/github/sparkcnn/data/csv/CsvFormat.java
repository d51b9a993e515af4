package io.github.sparkcnn.data.csv;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.data.format.Diagnosis;
import io.github.sparkcnn.data.format.ImageFiles;
import io.github.sparkcnn.data.format.ImageFormat;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.pack.Reading;
import io.github.sparkcnn.io.Storage;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Kaggle's CSV: {@code label,pixel1..pixelN} a row, header or not, plain or compressed, a file or a folder of parts. It has no
 * mark: what no other format recognises is taken for it.
 */
public final class CsvFormat implements ImageFormat {

    @Override
    public String name() {
        return "csv";
    }

    @Override
    public ImageFiles read(JavaSparkContext spark, Storage storage, ImageSource source, FileStatus root) {
        CsvFiles files = CsvFiles.in(storage, root);
        CsvLayout layout = new CsvLayout(files.shape(), source.labelBound());
        DroppedRows dropped = new DroppedRows();
        spark.sc().register(dropped, "dropped rows of " + files.root());
        List<CsvPart> parts = CsvSplits.of(spark.hadoopConfiguration(), files.paths());
        JavaRDD<Reading> readings = CsvSplits.distribute(spark, parts)
                .flatMap(new ReadPart(
                        new SerializableConfiguration(spark.hadoopConfiguration()),
                        layout,
                        source.malformed(),
                        dropped));
        List<Path> split = parts.stream()
                .filter(part -> !part.whole())
                .map(CsvPart::path)
                .distinct()
                .toList();
        return new ImageFiles(
                Storage.display(files.root()), layout.shape(), readings, split, new SecondLook(files, layout, dropped));
    }

    /** Numbers the first bad row by reading the files again, which only a report needs. */
    private record SecondLook(CsvFiles files, CsvLayout layout, DroppedRows dropping) implements Diagnosis {

        @Override
        public Optional<UserException> explain(UserException failure) {
            return files.firstBadRow(layout).map(CsvFiles::refusal);
        }

        @Override
        public Optional<Dropped> dropped() {
            if (dropping.isZero()) {
                return Optional.empty();
            }
            return files.firstBadRow(layout)
                    .map(bad -> new Dropped(
                            dropping.value(),
                            "row " + bad.row() + " of " + Storage.display(bad.file()) + ", which " + bad.reason()));
        }
    }
}
