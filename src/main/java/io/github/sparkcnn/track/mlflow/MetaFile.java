package io.github.sparkcnn.track.mlflow;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sparkcnn.io.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code meta.yaml}: a key with a text, a number, null or an empty list on a line. */
final class MetaFile {

    private MetaFile() {}

    /** The file's text; texts in double quotes, as JSON has them, which YAML takes as they are. */
    static byte[] write(Map<String, Object> values) {
        return values.entrySet().stream()
                .map(each -> each.getKey() + ": " + Json.line(each.getValue()) + "\n")
                .collect(Collectors.joining())
                .getBytes(UTF_8);
    }

    /** The values of what anyone has written, as texts; lines that begin with a blank go on with the value before. */
    static Map<String, String> read(byte[] file) throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        String joined = new String(file, UTF_8).replaceAll("\\R +", " ");
        for (String line : joined.lines().toList()) {
            int colon = line.indexOf(": ");
            if (colon > 0) {
                values.put(
                        line.substring(0, colon),
                        scalar(line.substring(colon + 1).strip()));
            }
        }
        return values;
    }

    private static String scalar(String written) throws IOException {
        if (written.length() > 1 && written.startsWith("'") && written.endsWith("'")) {
            return written.substring(1, written.length() - 1).replace("''", "'");
        }
        return written.startsWith("\"") ? Json.read(written.getBytes(UTF_8), String.class) : written;
    }
}
