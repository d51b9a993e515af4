package io.github.sparkcnn.soak;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The series as SVG: a small plot for each figure, from zero, a line for each process. */
final class SoakPlot {

    private static final int WIDTH = 290;
    private static final int HEIGHT = 170;
    private static final int COLUMNS = 3;
    private static final int LEFT = 46;
    private static final int TOP = 34;
    private static final int INNER_WIDTH = 230;
    private static final int INNER_HEIGHT = 105;
    private static final Map<String, String> COLOURS =
            Map.of("driver", "#2a62b4", "executor 1", "#b4532a", "executor 2", "#3f8f3f", "all", "#52514e");

    private SoakPlot() {}

    static String of(List<Series> series) {
        StringBuilder plots = new StringBuilder();
        int place = 0;
        for (Figure figure : Figure.values()) {
            List<Series> of =
                    series.stream().filter(one -> one.figure() == figure).toList();
            if (!of.isEmpty()) {
                plots.append(format(
                        "<g transform=\"translate(%d %d)\">%n%s</g>%n",
                        place % COLUMNS * WIDTH, 24 + place / COLUMNS * HEIGHT, plot(figure, of)));
                place++;
            }
        }
        int height = 24 + (place + COLUMNS - 1) / COLUMNS * HEIGHT;
        return format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
                        + " font-family=\"Helvetica, Arial, sans-serif\" role=\"img\">%n"
                        + "<title>What driver and executors hold over the epochs of a long run</title>%n"
                        + "<rect width=\"%d\" height=\"%d\" fill=\"#fcfcfb\"/>%n%s%s</svg>%n",
                COLUMNS * WIDTH, height, COLUMNS * WIDTH, height, COLUMNS * WIDTH, height, legend(series), plots);
    }

    private static String legend(List<Series> series) {
        List<String> names = series.stream().map(Series::process).distinct().toList();
        StringBuilder legend = new StringBuilder();
        for (int i = 0; i < names.size(); i++) {
            legend.append(text(LEFT + 100 * i, 18, "start", COLOURS.get(names.get(i)), names.get(i)));
        }
        return legend.toString();
    }

    private static String plot(Figure figure, List<Series> series) {
        double top = series.stream()
                        .flatMap(one -> one.points().stream())
                        .mapToDouble(Series.Point::value)
                        .max()
                        .orElseThrow()
                * 1.1;
        int last = series.get(0).points().get(series.get(0).points().size() - 1).epoch();
        double highest = top == 0 ? 1 : top;
        String lines = series.stream()
                .map(one -> format(
                        "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"1.4\" points=\"%s\"/>%n",
                        COLOURS.get(one.process()),
                        one.points().stream()
                                .map(point -> format(
                                        "%.1f,%.1f",
                                        LEFT + INNER_WIDTH * (double) point.epoch() / last,
                                        TOP + INNER_HEIGHT * (1 - point.value() / highest)))
                                .collect(Collectors.joining(" "))))
                .collect(Collectors.joining());
        return text(LEFT, 20, "start", "#1a1a19", figure.title())
                + format(
                        "<path d=\"M%d %dv%dh%d\" fill=\"none\" stroke=\"#b9b8b4\"/>%n",
                        LEFT, TOP, INNER_HEIGHT, INNER_WIDTH)
                + text(LEFT - 5, TOP + 8, "end", "#6b6a66", format(highest < 10 ? "%.1f" : "%.0f", highest))
                + text(LEFT - 5, TOP + INNER_HEIGHT, "end", "#6b6a66", "0")
                + text(LEFT + INNER_WIDTH, TOP + INNER_HEIGHT + 15, "end", "#6b6a66", "epoch " + last)
                + lines;
    }

    private static String text(int x, int y, String anchor, String colour, String words) {
        return format(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" font-size=\"11\" fill=\"%s\">%s</text>%n",
                x, y, anchor, colour, words);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
