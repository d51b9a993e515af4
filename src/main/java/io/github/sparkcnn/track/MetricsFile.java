package io.github.sparkcnn.track;

import io.github.sparkcnn.io.Storage;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.Path;

/** {@code metrics.jsonl}: a line an epoch, whole after every epoch. */
public final class MetricsFile {

    private final JsonLines lines;

    public MetricsFile(Storage storage, Path file) {
        lines = new JsonLines(storage, file);
    }

    /**
     * The epochs of a whole file.
     *
     * @throws IOException saying on one line what is wrong with it
     */
    public static List<EpochMetrics> read(byte[] lines) throws IOException {
        return JsonLines.parse(lines, EpochMetrics.class);
    }

    /** Writes these epochs' lines in place of what is there. */
    public void rewrite(List<EpochMetrics> metrics) {
        lines.rewrite(metrics);
    }

    /** Adds the epoch's line. */
    public void add(EpochMetrics metrics) {
        lines.add(List.of(metrics));
    }
}
