package io.github.sparkcnn.console;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A table as lines of text, columns of words to the left and columns of figures to the right. */
public final class TextTable {

    private static final String GAP = "  ";

    private TextTable() {}

    /**
     * One line each for the head and the rows.
     *
     * @param words how many columns, from the first, are words
     */
    public static List<String> lines(List<String> head, List<List<String>> rows, int words) {
        List<List<String>> all = new ArrayList<>(List.of(head));
        all.addAll(rows);
        int[] widths = IntStream.range(0, head.size())
                .map(column -> all.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return all.stream().map(row -> line(row, widths, words)).toList();
    }

    private static String line(List<String> row, int[] widths, int words) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String space = " ".repeat(widths[column] - row.get(column).length());
            line.append(column == 0 ? "" : GAP)
                    .append(column < words ? row.get(column) + space : space + row.get(column));
        }
        return line.toString().stripTrailing();
    }
}
