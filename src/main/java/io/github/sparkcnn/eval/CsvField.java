package io.github.sparkcnn.eval;

/** A text as a field of a CSV file (RFC 4180): quoted when it holds a comma, a quote or a line break. */
final class CsvField {

    private CsvField() {}

    static String of(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
