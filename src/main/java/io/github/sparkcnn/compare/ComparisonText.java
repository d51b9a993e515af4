package io.github.sparkcnn.compare;

import io.github.sparkcnn.compare.Comparison.Row;
import io.github.sparkcnn.compare.Comparison.Shares;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A comparison as a table of text: the strategy left aligned, numbers right aligned, {@code -} for what is not known. */
final class ComparisonText {

    private static final String UNKNOWN = "-";
    private static final String GAP = "  ";

    private ComparisonText() {}

    private record Column(String title, Function<Row, String> cell) {}

    static String of(Comparison comparison) {
        List<Column> columns = columns(comparison.targetAccuracy());
        List<Integer> widths =
                columns.stream().map(column -> width(column, comparison.rows())).toList();
        StringBuilder text =
                new StringBuilder(line(columns.stream().map(Column::title).toList(), widths));
        for (Row row : comparison.rows()) {
            text.append(line(
                    columns.stream().map(column -> column.cell().apply(row)).toList(), widths));
        }
        return text.append(note(comparison)).toString();
    }

    private static List<Column> columns(double target) {
        return List.of(
                new Column("strategy", Row::strategy),
                new Column("batch", ComparisonText::batch),
                new Column("workers", row -> Integer.toString(row.workers())),
                new Column("s/epoch", row -> number("%.2f", row.seconds())),
                new Column("images/s", row -> number("%.0f", row.imagesPerSecond())),
                new Column("speed-up", row -> number("%.2f", row.speedUp())),
                new Column("efficiency", row -> number("%.2f", row.efficiency())),
                new Column("accuracy", row -> number("%.4f", row.accuracy())),
                new Column("s to " + target, row -> number("%.1f", row.secondsToTarget())),
                new Column("compute", row -> percent(row.shares(), Shares::compute)),
                new Column("averaging", row -> percent(row.shares(), Shares::averaging)),
                new Column("waiting", row -> percent(row.shares(), Shares::waiting)),
                new Column("other", row -> percent(row.shares(), Shares::other)),
                new Column("peak MB", ComparisonText::megabytes));
    }

    private static String note(Comparison comparison) {
        long images = comparison.rows().stream().mapToLong(Row::images).max().orElse(0);
        return String.format(
                Locale.ROOT,
                "\n%,d images an epoch. Seconds are of training, the median over the epochs after the first; speed-up is"
                        + " against the first line of the same strategy and kind of batch.\nBatch: %s.\n",
                images,
                comparison.rows().stream()
                        .map(Row::batch)
                        .distinct()
                        .map(ComparisonText::meaning)
                        .collect(Collectors.joining("; ")));
    }

    private static String batch(Row row) {
        boolean isTotal = row.batch().equals(SameBatch.TOTAL.toString());
        return row.batch() + " " + (isTotal ? row.totalBatchSize() : row.totalBatchSize() / row.workers());
    }

    private static String meaning(String batch) {
        return batch.equals(SameBatch.TOTAL.toString())
                ? "total, so many images a step of all workers together"
                : "worker, so many images a step of each worker";
    }

    private static int width(Column column, List<Row> rows) {
        return rows.stream()
                .mapToInt(row -> column.cell().apply(row).length())
                .reduce(column.title().length(), Math::max);
    }

    private static String line(List<String> cells, List<Integer> widths) {
        StringBuilder line = new StringBuilder(cells.get(0))
                .append(" ".repeat(widths.get(0) - cells.get(0).length()));
        for (int i = 1; i < cells.size(); i++) {
            line.append(GAP)
                    .append(" ".repeat(widths.get(i) - cells.get(i).length()))
                    .append(cells.get(i));
        }
        return line.append('\n').toString();
    }

    private static String number(String format, Double value) {
        return value == null ? UNKNOWN : String.format(Locale.ROOT, format, value);
    }

    private static String percent(Shares shares, Function<Shares, Double> share) {
        return shares == null ? UNKNOWN : String.format(Locale.ROOT, "%.1f %%", 100 * share.apply(shares));
    }

    private static String megabytes(Row row) {
        return row.peakMemoryBytes() == null ? UNKNOWN : Long.toString(row.peakMemoryBytes() / 1_000_000);
    }
}
