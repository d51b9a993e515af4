package io.github.sparkcnn.data.csv;

import io.github.sparkcnn.config.DataConfig;
import io.github.sparkcnn.data.format.BadImages;
import io.github.sparkcnn.data.format.LeftOut;
import io.github.sparkcnn.data.format.WholeFiles;
import io.github.sparkcnn.data.pack.Packing;
import io.github.sparkcnn.data.pack.Reading;
import io.github.sparkcnn.image.MalformedImage;
import io.github.sparkcnn.image.PackedBuilder;
import io.github.sparkcnn.io.DigestedInput;
import io.github.sparkcnn.io.Storage;
import java.io.InputStream;
import java.util.Iterator;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.util.SerializableConfiguration;

/** In a task: the lines of one part become images. */
final class ReadPart implements FlatMapFunction<CsvPart, Reading> {
    private static final long serialVersionUID = 1L;

    private final SerializableConfiguration hadoop;
    private final CsvColumns columns;
    private final CsvLabels labels;
    private final DataConfig.Malformed malformed;
    private final LeftOut leftOut;

    ReadPart(
            SerializableConfiguration hadoop,
            CsvColumns columns,
            CsvLabels labels,
            DataConfig.Malformed malformed,
            LeftOut leftOut) {
        this.hadoop = hadoop;
        this.columns = columns;
        this.labels = labels;
        this.malformed = malformed;
        this.leftOut = leftOut;
    }

    @Override
    public Iterator<Reading> call(CsvPart part) {
        Storage storage = Storage.ofCluster(hadoop.value());
        if (part.whole()) {
            DigestedInput in = WholeFiles.open(storage, part.path());
            return WholeFiles.read(images(part, CsvLines.of(part, in)), in);
        }
        InputStream in = WholeFiles.open(storage, part.path(), part.start());
        return images(part, CsvLines.of(part, in));
    }

    private Packing images(CsvPart part, CsvLines lines) {
        return new Packing(columns.images().shape(), new Rows(part, lines)::addTo);
    }

    private final class Rows {
        private final CsvPart part;
        private final CsvLines lines;
        private final CsvRow row = new CsvRow(columns, labels);
        private final LeftOut.InPart here;

        Rows(CsvPart part, CsvLines lines) {
            this.part = part;
            this.lines = lines;
            this.here = new LeftOut.InPart(part.number());
        }

        boolean addTo(PackedBuilder block) {
            while (lines.nextRow(columns)) {
                if (parse(block)) {
                    return true;
                }
            }
            leftOut.add(here);
            return false;
        }

        /** Whether the line is an image, which is added. */
        private boolean parse(PackedBuilder block) {
            try {
                int label = row.parse(lines.bytes(), lines.length());
                block.add(label, row.pixels(), block.size());
                return true;
            } catch (MalformedImage e) {
                if (malformed == DataConfig.Malformed.FAIL) {
                    // Names the byte: the driver finds the row's number when it reports.
                    throw BadImages.in(
                            part.path(),
                            "the row at byte " + lines.start() + " " + e.getMessage(),
                            "Correct the row, or set data.malformed = drop to leave bad rows out");
                }
                here.drop(part.file()); // the driver finds the row
                return false;
            }
        }
    }
}
