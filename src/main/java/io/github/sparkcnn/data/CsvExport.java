package io.github.sparkcnn.data;

import io.github.sparkcnn.data.csv.CsvWriter;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.pack.PackedTable;
import io.github.sparkcnn.image.Classes;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.io.NamedOutput;
import io.github.sparkcnn.io.Storage;
import java.util.List;
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

    /** What was written, and what was left out. */
    public record Result(Path file, ImageShape shape, int images, List<String> notices) {}

    public Result execute() {
        NamedOutput output = new NamedOutput(storage, target, OUTPUT);
        output.requireNewFile();
        ImageTable table = reader.read(source);
        PackedImages images;
        Classes classes;
        // Spark lets go of what is closed on its own time, and prints a stack trace where it is stopped meanwhile.
        try (PackedTable packed = table.pack()) {
            images = packed.all().collect();
            classes = packed.classes();
        }
        output.write(CsvWriter.content(target.getName(), images, classes));
        return new Result(
                target, images.shape(), images.size(), table.diagnosis().notices(source.path()));
    }
}
