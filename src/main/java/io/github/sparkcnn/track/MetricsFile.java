package io.github.sparkcnn.track;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sparkcnn.io.Json;
import io.github.sparkcnn.io.Storage;
import java.io.IOException;
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

    /**
     * The epochs of a whole file.
     *
     * @throws IOException saying on one line what is wrong with it
     */
    public static List<EpochMetrics> read(byte[] lines) throws IOException {
        List<EpochMetrics> epochs = new ArrayList<>();
        for (String line : new String(lines, UTF_8).lines().toList()) {
            epochs.add(Json.read(line.getBytes(UTF_8), EpochMetrics.class));
        }
        return epochs;
    }

    /** Writes these epochs' lines in place of what is there. */
    public void rewrite(List<EpochMetrics> metrics) {
        lines.clear();
        metrics.stream().map(Json::line).forEach(lines::add);
        write();
    }

    /** Adds the epoch's line. */
    public void add(EpochMetrics metrics) {
        lines.add(Json.line(metrics));
        write();
    }

    private void write() {
        storage.write(file, String.join("\n", lines) + "\n");
    }
}
