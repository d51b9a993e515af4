package io.github.sparkcnn.track.report;

import java.util.List;

/**
 * One line of a chart.
 *
 * @param name in the legend
 * @param style class of the style sheet
 */
record Curve(String name, String style, List<Point> points) {

    /** A value at an epoch, or with so many workers. */
    record Point(double x, double y) {}

    private static final int STYLES = 6;

    /** Of a line with so many points that they have no dots. */
    private static final String THIN = "thin";

    /** One that lies thinly behind another. */
    static Curve thin(String name, List<Point> points) {
        return new Curve(name, THIN, points);
    }

    boolean isThin() {
        return style.equals(THIN);
    }

    /** Of the {@code i}th of several that are compared. */
    static String style(int i) {
        return "run" + i % STYLES;
    }

    /** Keeps what can be drawn: a diverged epoch has no place on an axis. */
    Curve {
        points = points.stream()
                .filter(point -> Double.isFinite(point.x()) && Double.isFinite(point.y()))
                .toList();
    }
}
