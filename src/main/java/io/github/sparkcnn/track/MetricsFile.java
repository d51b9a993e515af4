package io.github.sparkcnn.track;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sparkcnn.io.Json;
import io.github.sparkcnn.io.Storage;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;

/** {@code metrics.jsonl}: a line an epoch, whole after every epoch on any file system, also on those that cannot append. */
public final class MetricsFile {

    private final Storage storage;
    private final Path file;
    private final List<String> lines = new ArrayList<>();

    public MetricsFile(Storage storage, Path file) {
        this.storage = storage;
        this.file = file;
    }

    /** Adds the epoch's line. */
    public void add(EpochMetrics metrics) {
        lines.add(Json.line(metrics));
        storage.write(file, out -> out.write((String.join("\n", lines) + "\n").getBytes(UTF_8)));
    }
}
