package io.github.sparkcnn.data.csv;

import static java.nio.charset.StandardCharsets.UTF_8;

/** One line of a Kaggle CSV: a label and the pixels, whole numbers between commas. */
final class CsvRow {

    private CsvRow() {}

    /** A line that is no image; the message says why. Without stack trace: in drop mode there may be many. */
    static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Malformed(String reason) {
            super(reason, null, false, false);
        }
    }

    /**
     * Reads a line into {@code pixels}, all of which it fills.
     *
     * @return the label, 0 … classes − 1
     * @throws Malformed with the reason
     */
    static int parse(byte[] line, int length, int classes, byte[] pixels) {
        int label = parseDigits(line, length, pixels);
        return label >= 0 && label < classes ? label : parseSlowly(line, length, classes, pixels);
    }

    /** Only digits, up to three a number, and commas: nearly every line there is. Anything else gives −1. */
    private static int parseDigits(byte[] line, int length, byte[] pixels) {
        int label = -1;
        int at = 0;
        for (int column = 0; column <= pixels.length; column++) {
            int value = at < length ? line[at++] - '0' : -1;
            if (value < 0 || value > 9) {
                return -1;
            }
            int digit = at < length ? line[at] - '0' : -1;
            if (digit >= 0 && digit <= 9) {
                value = value * 10 + digit;
                digit = ++at < length ? line[at] - '0' : -1;
                if (digit >= 0 && digit <= 9) {
                    value = value * 10 + digit;
                    at++;
                }
            }
            boolean ended = column == pixels.length ? at == length : at < length && line[at++] == ',';
            if (!ended || value > 255) {
                return -1;
            }
            if (column == 0) {
                label = value;
            } else {
                pixels[column - 1] = (byte) value;
            }
        }
        return label;
    }

    /** The same with blanks, signs and leading zeros allowed, and with a reason for every line it refuses. */
    private static int parseSlowly(byte[] line, int length, int classes, byte[] pixels) {
        String[] cells = cells(line, length);
        if (cells.length != pixels.length + 1) {
            throw new Malformed("has " + columns(cells.length) + ", not " + (pixels.length + 1));
        }
        int label = wholeNumber(cells[0], 1);
        if (label < 0 || label >= classes) {
            throw new Malformed("has label " + label + ", outside 0.." + (classes - 1));
        }
        for (int i = 0; i < pixels.length; i++) {
            int value = wholeNumber(cells[i + 1], i + 2);
            if (value < 0 || value > 255) {
                throw new Malformed("has " + value + " in column " + (i + 2) + ", outside 0..255");
            }
            pixels[i] = (byte) value;
        }
        return label;
    }

    private static int wholeNumber(String cell, int column) {
        try {
            return Integer.parseInt(cell.strip());
        } catch (NumberFormatException e) {
            String shown = cell.length() > 20 ? cell.substring(0, 20) + "…" : cell;
            throw new Malformed("has '" + shown + "' in column " + column + ", not a whole number");
        }
    }

    /** A first line is a header when neither its label nor its first pixel is a number. */
    static boolean isHeader(byte[] line, int length) {
        String[] cells = cells(line, length);
        return !isNumber(cells[0]) && (cells.length == 1 || !isNumber(cells[1]));
    }

    private static boolean isNumber(String cell) {
        try {
            return !Double.isNaN(Double.parseDouble(cell));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    static boolean isBlank(byte[] line, int length) {
        for (int i = 0; i < length; i++) {
            if ((line[i] & 0xff) > ' ') {
                return false;
            }
        }
        return true;
    }

    static int countColumns(byte[] line, int length) {
        return cells(line, length).length;
    }

    private static String columns(int count) {
        return count == 1 ? "1 column" : count + " columns";
    }

    private static String[] cells(byte[] line, int length) {
        return new String(line, 0, length, UTF_8).split(",", -1);
    }
}
