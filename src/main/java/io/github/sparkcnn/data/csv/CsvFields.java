package io.github.sparkcnn.data.csv;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sparkcnn.image.MalformedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Goes through the fields of a line (RFC 4180): what is between commas, or in double quotes, within which two stand for one. A
 * line break within quotes is not read.
 */
final class CsvFields {

    /** Of which no digit can be taken for two things: a line of a megabyte of them would be tried in every way. */
    static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d++(\\.\\d*+)?|\\.\\d++)([eE][+-]?\\d++)?");

    private static final int SHOWN = 20;
    private static final int LONGEST_LONG = 18;

    private byte[] line = {};
    private int length;
    /** Where the next field begins; behind the end where there is none. */
    private int next = 1;

    private int column;
    private int from;
    private int to;
    private boolean quoted;

    /** Begins with a line. */
    CsvFields of(byte[] bytes, int count) {
        line = bytes;
        length = count;
        next = 0;
        column = 0;
        return this;
    }

    /** The texts of all fields of a line. */
    static List<String> texts(byte[] bytes, int count) {
        CsvFields fields = new CsvFields().of(bytes, count);
        List<String> texts = new ArrayList<>();
        while (fields.next()) {
            texts.add(fields.text());
        }
        return texts;
    }

    /**
     * Goes to the next field; false behind the last.
     *
     * @throws MalformedImage for quotes that do not match
     */
    boolean next() {
        if (next > length) {
            return false;
        }
        column++;
        from = next;
        int first = skipBlanks(from);
        quoted = first < length && line[first] == '"';
        if (quoted) {
            from = first + 1;
            to = closingQuote(from);
            next = skipBlanks(to + 1);
            if (next < length && line[next] != ',') {
                throw new MalformedImage("has more behind the quotes in column " + column);
            }
        } else {
            int at = from;
            while (at < length && line[at] != ',') {
                at++;
            }
            to = at;
            next = at;
        }
        next++;
        return true;
    }

    private int closingQuote(int begin) {
        for (int at = begin; at < length; at++) {
            if (line[at] == '"') {
                if (at + 1 == length || line[at + 1] != '"') {
                    return at;
                }
                at++;
            }
        }
        throw new MalformedImage("has quotes in column " + column + " that do not end in its line");
    }

    private int skipBlanks(int begin) {
        int at = begin;
        while (at < length && (line[at] == ' ' || line[at] == '\t')) {
            at++;
        }
        return at;
    }

    /** The field as a text. */
    String text() {
        String text = new String(line, from, to - from, UTF_8);
        return quoted ? text.replace("\"\"", "\"") : text;
    }

    /**
     * The field as a whole number, which may be written {@code 9.0} or {@code 9e0}.
     *
     * @throws MalformedImage where it is none
     */
    long whole() {
        int begin = skipBlanks(from);
        int end = to;
        while (end > begin && line[end - 1] <= ' ') {
            end--;
        }
        boolean negative = begin < end && line[begin] == '-';
        int at = begin < end && (negative || line[begin] == '+') ? begin + 1 : begin;
        int digits = at;
        long value = 0;
        while (at < end && line[at] >= '0' && line[at] <= '9' && at - digits < LONGEST_LONG) {
            value = value * 10 + line[at++] - '0';
        }
        boolean isWhole = at > digits && isZeroFraction(at, end);
        return isWhole ? (negative ? -value : value) : decimal(new String(line, begin, end - begin, UTF_8));
    }

    /** Nothing, or a point and zeros. */
    private boolean isZeroFraction(int point, int end) {
        if (point < end && line[point] != '.') {
            return false;
        }
        for (int at = point + 1; at < end; at++) {
            if (line[at] != '0') {
                return false;
            }
        }
        return true;
    }

    private long decimal(String text) {
        double value = DECIMAL.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
        if (Double.isInfinite(value) || value != Math.rint(value)) {
            String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
            throw new MalformedImage("has '" + shown + "' in column " + column + ", not a whole number");
        }
        return (long) value;
    }
}
