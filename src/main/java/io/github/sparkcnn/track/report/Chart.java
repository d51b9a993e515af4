package io.github.sparkcnn.track.report;

import static io.github.sparkcnn.track.report.Markup.empty;
import static io.github.sparkcnn.track.report.Markup.number;
import static io.github.sparkcnn.track.report.Markup.tag;
import static io.github.sparkcnn.track.report.Markup.text;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Curves over whole numbers, such as the epochs, or between them, as inline SVG; the exact value of a dot is its tool tip. */
final class Chart {
    private static final int RIGHT = 12;
    private static final int X_TICKS = 10;
    private static final double RADIUS = 2.5;

    /** What the curves are over, in words. */
    private enum Over {
        EPOCHS("epoch", " by epoch", "in epoch %.0f", "epoch %.0f"),
        WORKERS("workers", "", "with workers: %.0f", "workers %.0f");

        private final String axis;
        private final String all;
        private final String at;
        private final String tip;

        Over(String axis, String all, String at, String tip) {
            this.axis = axis;
            this.all = all;
            this.at = at;
            this.tip = tip;
        }
    }

    private final Over over;
    private final String title;
    private final String measured;
    private final List<Curve> curves;
    private final Plot plot;

    private Chart(Over over, String title, String measured, double floor, List<Curve> curves) {
        this.over = over;
        this.title = title;
        this.measured = measured;
        this.curves = curves;
        DoubleSummaryStatistics xs = range(curves, Curve.Point::x);
        DoubleSummaryStatistics values = range(curves, Curve.Point::y);
        this.plot = new Plot(
                Axis.ofWholes(Math.floor(xs.getMin()), xs.getMax(), X_TICKS, Plot.LEFT, Plot.WIDTH - RIGHT),
                Plot.upwards(Math.min(floor, values.getMin()), values.getMax()),
                RIGHT);
    }

    /**
     * A figure over the range of the values, or nothing where there is nothing to draw.
     *
     * @param measured what the values are
     */
    static String of(String title, String measured, Curve... curves) {
        return figure(Over.EPOCHS, title, measured, Double.MAX_VALUE, curves);
    }

    /** A figure for quantities that are compared by their ratio. */
    static String fromZero(String title, String measured, Curve... curves) {
        return figure(Over.EPOCHS, title, measured, 0, curves);
    }

    /** The same over numbers of workers. */
    static String ofWorkers(String title, String measured, Curve... curves) {
        return figure(Over.WORKERS, title, measured, 0, curves);
    }

    private static String figure(Over over, String title, String measured, double floor, Curve... curves) {
        List<Curve> drawn =
                Stream.of(curves).filter(curve -> !curve.points().isEmpty()).toList();
        return drawn.isEmpty() ? "" : new Chart(over, title, measured, floor, drawn).figure();
    }

    private String figure() {
        String legend = curves.size() < 2
                ? ""
                : join(curve -> tag("span", "class=\"key " + curve.style() + "\"", text(curve.name())));
        return plot.figure(
                title, legend, new Plot.Titles(over.axis, measured), spoken(), plot.x()::label, join(this::line));
    }

    /** What the picture shows, for who does not see it. */
    private String spoken() {
        return title + over.all + ". "
                + curves.stream().map(this::spoken).collect(Collectors.joining(" "))
                + " All figures are in the table below.";
    }

    private String spoken(Curve curve) {
        Curve.Point first = curve.points().get(0);
        Curve.Point last = curve.points().get(curve.points().size() - 1);
        return number(
                "%s: %.4g " + over.at + ", %.4g " + over.at + ".",
                curve.name(),
                first.y(),
                Math.ceil(first.x()),
                last.y(),
                Math.ceil(last.x()));
    }

    private String line(Curve curve) {
        String path = curve.points().stream()
                .map(point -> number(
                        "%.1f,%.1f", plot.x().position(point.x()), plot.y().position(point.y())))
                .collect(Collectors.joining(" "));
        String dots = curve.isThin()
                ? ""
                : curve.points().stream().map(point -> dot(curve, point)).collect(Collectors.joining());
        return tag("g", "class=\"curve " + curve.style() + "\"", empty("polyline", "points=\"" + path + "\"") + dots);
    }

    private String dot(Curve curve, Curve.Point point) {
        String tip = number("%s, " + over.tip + ": %s", curve.name(), point.x(), number("%.6g", point.y()));
        return plot.dot(point.x(), point.y(), RADIUS, tip);
    }

    private String join(Function<Curve, String> part) {
        return curves.stream().map(part).collect(Collectors.joining());
    }

    private static DoubleSummaryStatistics range(List<Curve> curves, ToDoubleFunction<Curve.Point> coordinate) {
        return curves.stream()
                .flatMap(curve -> curve.points().stream())
                .mapToDouble(coordinate)
                .summaryStatistics();
    }
}
