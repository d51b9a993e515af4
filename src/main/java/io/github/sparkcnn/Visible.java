package io.github.sparkcnn;

import java.util.Locale;
import java.util.Objects;

/** Texts from outside in a message: what a terminal would obey, or a line would break at, is written as Java writes it. */
public final class Visible {

    private Visible() {}

    /** The same text on one line, without control characters. */
    public static String line(String text) {
        if (text.chars().noneMatch(Visible::isControl)) {
            return text;
        }
        StringBuilder line = new StringBuilder();
        text.chars()
                .forEach(c ->
                        line.append(isControl(c) ? String.format(Locale.ROOT, "\\u%04x", c) : Character.toString(c)));
        return line.toString();
    }

    /** What went wrong: of a message of several lines the first, of an exception without one its kind, such as EOFException. */
    public static String firstLine(Throwable e) {
        return Objects.requireNonNullElse(e.getMessage(), "")
                .lines()
                .findFirst()
                .orElse(e.getClass().getSimpleName());
    }

    private static boolean isControl(int c) {
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
    }
}
