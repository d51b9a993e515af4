package io.github.sparkcnn.io;

/** A text as a field of a CSV file (RFC 4180): quoted when it holds a comma, a quote or a line break. */
public final class CsvField {

    private CsvField() {}

    /** The field, without the separators around it. */
    public static String of(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
