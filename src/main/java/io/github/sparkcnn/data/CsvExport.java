package io.github.sparkcnn.data;

import io.github.sparkcnn.data.csv.CsvWriter;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.pack.PackedTable;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.io.NamedOutput;
import io.github.sparkcnn.io.Storage;
import org.apache.hadoop.fs.Path;

/** The job {@code data csv}: images of any readable format become one Kaggle CSV. */
public final class CsvExport {
    private static final String OUTPUT = "--output";

    private final ImageReader reader;
    private final ImageSource source;
    private final Storage storage;
    private final Path target;

    CsvExport(ImageReader reader, ImageSource source, Storage storage, Path target) {
        this.reader = reader;
        this.source = source;
        this.storage = storage;
        this.target = target;
    }

    public static CsvExport of(ImageReader reader, ImageSource source, Storage storage, Path target) {
        return new CsvExport(reader, source, storage, target);
    }

    /** What was written. */
    public record Result(Path file, ImageShape shape, int images) {}

    public Result execute() {
        NamedOutput output = new NamedOutput(storage, target, OUTPUT);
        output.requireNewFile();
        try (PackedTable packed = reader.read(source).pack()) {
            PackedImages images = packed.all().collect();
            output.write(CsvWriter.content(target.getName(), images, packed.classes()));
            return new Result(target, images.shape(), images.size());
        }
    }
}
