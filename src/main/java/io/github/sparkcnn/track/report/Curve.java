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

    /** Of the {@code i}th of several that are compared. */
    static String style(int i) {
        return "run" + i % STYLES;
    }

    /** Keeps what can be drawn: a diverged epoch has no place on an axis. */
    Curve {
        points = points.stream().filter(point -> Double.isFinite(point.y())).toList();
    }
}
