package io.github.sparkcnn.track.report;

import static io.github.sparkcnn.track.report.Markup.number;
import static io.github.sparkcnn.track.report.Markup.tag;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What more workers gained, of runs that differ by nothing else.
 *
 * @param name of what they have in common
 * @param points in the order of the numbers of workers
 */
public record Scaling(String name, List<Point> points) {

    private static final String NONE = "–";

    private static final String NOTE = tag(
            "p",
            "Speed-up is against the fewest workers, efficiency is speed-up for each of how many times as many workers there are."
                    + " Ideal: with twice the workers twice as fast. If averaging were all it cost: what is left of the"
                    + " ideal by the model of an averaging of vectors this long, with the constants of one machine"
                    + " without a network (0.84 GB/s, 0.2 ms a step); waiting for the slowest worker, memory and cores"
                    + " that workers share, and the rate of a network are not in it.");

    public Scaling {
        points = List.copyOf(points);
    }

    /**
     * One run.
     *
     * @param speedUp against the fewest workers
     * @param efficiency speed-up divided by how many times as many workers there are
     * @param predicted the speed-up if averaging were all that more workers cost; null where that is not known
     */
    public record Point(int workers, double imagesPerSecond, double speedUp, double efficiency, Double predicted) {}

    /** Charts and tables of those with more than one number of workers; empty without any. */
    static Optional<String> section(List<Scaling> scalings) {
        List<Scaling> drawn =
                scalings.stream().filter(scaling -> scaling.points.size() > 1).toList();
        return drawn.isEmpty()
                ? Optional.empty()
                : Optional.of(Document.section(
                        "What more workers gained",
                        NOTE + drawn.stream().map(Scaling::charts).collect(Collectors.joining("\n"))));
    }

    private String charts() {
        String charts = Chart.ofWorkers(
                        "Speed-up by workers, " + name,
                        "speed-up",
                        curve("measured", "one", Point::speedUp),
                        curve("ideal", "ideal", this::times),
                        curve("if averaging were all it cost", "two", Point::predicted))
                + Chart.ofWorkers(
                        "Efficiency by workers, " + name,
                        "efficiency",
                        curve("measured", "one", Point::efficiency),
                        curve("ideal", "ideal", point -> 1.0),
                        curve("if averaging were all it cost", "two", this::predictedEfficiency));
        return tag("div", "class=\"charts\"", charts) + Tables.folded("Every number of workers, " + name, table());
    }

    private Curve curve(String of, String style, Function<Point, Double> value) {
        return new Curve(
                of,
                style,
                points.stream()
                        .filter(point -> value.apply(point) != null)
                        .map(point -> new Curve.Point(point.workers, value.apply(point)))
                        .toList());
    }

    /** How many times as many as the fewest. */
    private double times(Point point) {
        return (double) point.workers / points.get(0).workers;
    }

    private Double predictedEfficiency(Point point) {
        return point.predicted == null ? null : Double.valueOf(point.predicted / times(point));
    }

    private String table() {
        List<String> head = List.of(
                "workers",
                "images/s",
                "speed-up",
                "ideal",
                "if averaging were all it cost",
                "efficiency",
                "if averaging were all it cost");
        return Tables.of(
                "Every number of workers, " + name,
                head,
                points.stream()
                        .map(point -> List.of(
                                String.valueOf(point.workers),
                                number("%,.0f", point.imagesPerSecond),
                                figure(point.speedUp),
                                figure(times(point)),
                                figure(point.predicted),
                                figure(point.efficiency),
                                figure(predictedEfficiency(point))))
                        .toList());
    }

    private static String figure(Double value) {
        return value == null ? NONE : number("%.2f", value);
    }
}
