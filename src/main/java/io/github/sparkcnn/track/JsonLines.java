package io.github.sparkcnn.track;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sparkcnn.io.Json;
import io.github.sparkcnn.io.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * A file with a value in JSON on each line, whole whenever it is written, also on file systems that cannot append; there is none without
 * values.
 */
final class JsonLines {

    private final Storage storage;
    private final Path file;
    private final List<String> lines = new ArrayList<>();

    JsonLines(Storage storage, Path file) {
        this.storage = storage;
        this.file = file;
    }

    /**
     * The values of a whole file.
     *
     * @throws IOException saying on one line what is wrong with it
     */
    static <T> List<T> parse(byte[] lines, Class<T> type) throws IOException {
        List<T> values = new ArrayList<>();
        for (String line : new String(lines, UTF_8).lines().toList()) {
            values.add(Json.read(line.getBytes(UTF_8), type));
        }
        return values;
    }

    /** Writes these values' lines in place of what is there. */
    void rewrite(List<?> values) {
        lines.clear();
        add(values);
    }

    /** Adds these values' lines to those that were written or are known. */
    void add(List<?> values) {
        know(values);
        if (lines.isEmpty()) {
            storage.delete(file);
        } else {
            storage.write(file, String.join("\n", lines) + "\n");
        }
    }

    /** Takes these values for what is in the file, behind what is known of it. */
    void know(List<?> values) {
        values.stream().map(Json::line).forEach(lines::add);
    }
}
