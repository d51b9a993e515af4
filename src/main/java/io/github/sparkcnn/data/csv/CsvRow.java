package io.github.sparkcnn.data.csv;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sparkcnn.image.MalformedImage;

/** Reads rows, one line after the other, into the same array. */
final class CsvRow {

    private static final int FAILED = -1;
    /** How a number and the place behind it go into one. */
    private static final int BYTE = 8;

    private final CsvColumns columns;
    private final CsvLabels labels;
    private final int[] valueOfColumn;
    private final boolean plain;
    private final byte[] values;
    private final CsvFields fields = new CsvFields();
    private int label;

    CsvRow(CsvColumns columns, CsvLabels labels) {
        this.columns = columns;
        this.labels = labels;
        this.valueOfColumn = columns.values();
        this.plain = columns.arePlain() && !labels.areTexts();
        this.values = new byte[columns.images().shape().size()];
    }

    /**
     * Reads a line.
     *
     * @return its label; 0 where the rows have none
     * @throws MalformedImage for a line that is no row, with the reason
     */
    int parse(byte[] line, int length) {
        boolean read = plain ? readDigits(line, length) : readAmongOthers(line, length);
        if (!read) {
            readFields(line, length);
        }
        return label;
    }

    /** The image of the line that was read, until the next is. */
    byte[] pixels() {
        return columns.images().packed(values);
    }

    /** Only digits, up to three a number, and commas: nearly every line there is. False for anything else. */
    private boolean readDigits(byte[] line, int length) {
        int last = columns.count() - 1;
        int labelColumn = columns.label();
        int written = 0;
        int found = 0;
        int at = 0;
        for (int column = 0; column <= last; column++) {
            int value = at < length ? line[at++] - '0' : FAILED;
            if (value < 0 || value > 9) {
                return false;
            }
            int digit = at < length ? line[at] - '0' : FAILED;
            if (digit >= 0 && digit <= 9) {
                value = value * 10 + digit;
                digit = ++at < length ? line[at] - '0' : FAILED;
                if (digit >= 0 && digit <= 9) {
                    value = value * 10 + digit;
                    at++;
                }
            }
            boolean ended = column == last ? at == length : at < length && line[at++] == ',';
            if (!ended || value > 255) {
                return false;
            }
            if (column == labelColumn) {
                found = value;
            } else {
                values[written++] = (byte) value;
            }
        }
        label = found;
        return labelColumn == CsvColumns.NONE || labels.has(found);
    }

    /** The same where texts without quotes stand among the numbers. */
    private boolean readAmongOthers(byte[] line, int length) {
        int at = 0;
        for (int column = 0; column < valueOfColumn.length; column++) {
            int value = valueOfColumn[column];
            if (value == CsvColumns.NONE) {
                int end = comma(line, at, length);
                if (end == FAILED || (column == columns.label() && !readLabel(line, at, end))) {
                    return false;
                }
                at = end;
            } else {
                int number = number(line, at, length);
                if (number == FAILED) {
                    return false;
                }
                values[value] = (byte) number;
                at = number >> BYTE;
            }
            boolean ended = column == valueOfColumn.length - 1 ? at == length : at < length && line[at++] == ',';
            if (!ended) {
                return false;
            }
        }
        return true;
    }

    private boolean readLabel(byte[] line, int from, int to) {
        if (labels.areTexts()) {
            label = labels.find(new String(line, from, to - from, UTF_8));
            return label >= 0;
        }
        int number = number(line, from, to);
        label = number & 0xff;
        return number != FAILED && number >> BYTE == to && labels.has(label);
    }

    /** A number of up to three digits, 255 at most, and the place behind it. */
    private static int number(byte[] line, int from, int length) {
        int value = 0;
        int at = from;
        while (at < length && at < from + 3 && line[at] >= '0' && line[at] <= '9') {
            value = value * 10 + line[at++] - '0';
        }
        return at == from || value > 255 ? FAILED : (at << BYTE) | value;
    }

    /** Where the field ends that begins here; nowhere if it has quotes. */
    private static int comma(byte[] line, int from, int length) {
        for (int at = from; at < length; at++) {
            if (line[at] == ',') {
                return at;
            }
            if (line[at] == '"') {
                return FAILED;
            }
        }
        return length;
    }

    /** Any line; gives a reason for each that it refuses. */
    private void readFields(byte[] line, int length) {
        requireCount(line, length);
        fields.of(line, length);
        label = 0;
        for (int column = 0; fields.next(); column++) {
            int value = valueOfColumn[column];
            if (column == columns.label()) {
                label = labels.of(fields);
            } else if (value != CsvColumns.NONE) {
                long number = fields.whole();
                if (number < 0 || number > 255) {
                    throw new MalformedImage("has " + number + " in column " + (column + 1) + ", outside 0..255");
                }
                values[value] = (byte) number;
            }
        }
    }

    private void requireCount(byte[] line, int length) {
        fields.of(line, length);
        int count = 0;
        while (fields.next()) {
            count++;
        }
        if (count != columns.count()) {
            throw new MalformedImage(
                    "has " + count + (count == 1 ? " column" : " columns") + ", not " + columns.count());
        }
    }

    /** Whether nothing but blanks is in the line. */
    static boolean isBlank(byte[] line, int length) {
        for (int i = 0; i < length; i++) {
            if ((line[i] & 0xff) > ' ') {
                return false;
            }
        }
        return true;
    }
}
