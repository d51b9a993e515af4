package io.github.sparkcnn.track.report;

import static io.github.sparkcnn.track.report.Markup.empty;
import static io.github.sparkcnn.track.report.Markup.number;
import static io.github.sparkcnn.track.report.Markup.tag;
import static io.github.sparkcnn.track.report.Markup.text;

import java.util.function.DoubleFunction;
import java.util.stream.Collectors;

/**
 * The frame of a figure as inline SVG, the same for all: its size, lines at the ticks of {@code y} and labels at those of both.
 *
 * @param right what is free beside the lines
 */
record Plot(Axis x, Axis y, int right) {
    static final int WIDTH = 460;
    static final int HEIGHT = 256;
    static final int LEFT = 52;
    static final int TOP = 26;
    static final int BOTTOM = 42;
    static final int Y_TICKS = 5;

    /** Upwards, with the values between two ticks. */
    static Axis upwards(double low, double high) {
        return Axis.around(low, high, Y_TICKS, HEIGHT - BOTTOM, TOP);
    }

    /** What the axes are of, in words: below the one, above the other. */
    record Titles(String x, String y) {}

    /**
     * The figure.
     *
     * @param legend behind the title, markup, if there is one
     * @param spoken what it shows, for who does not see it
     * @param under what stands under a tick of {@code x}
     * @param drawn within the frame
     */
    String figure(String title, String legend, Titles axes, String spoken, DoubleFunction<String> under, String drawn) {
        String svg = tag(
                "svg",
                number("viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\"", WIDTH, HEIGHT, text(spoken)),
                grid(under) + titles(axes) + drawn);
        String keys = legend.isEmpty() ? "" : tag("span", "class=\"keys\"", legend);
        return tag("figure", tag("figcaption", tag("b", text(title)) + keys) + svg);
    }

    /** A point, whose values are its tool tip. */
    String dot(double atX, double atY, double radius, String tip) {
        return tag(
                "circle",
                number("cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"", x.position(atX), y.position(atY), radius),
                tag("title", text(tip)));
    }

    private String titles(Titles axes) {
        return title("start", 0, TOP - 16, axes.y())
                + title("middle", (LEFT + WIDTH - right) / 2, HEIGHT - 4, axes.x());
    }

    private static String title(String anchor, int x, int y, String title) {
        return tag("text", number("class=\"axis\" text-anchor=\"%s\" x=\"%d\" y=\"%d\"", anchor, x, y), text(title));
    }

    private String grid(DoubleFunction<String> under) {
        String rows = y.ticks()
                .mapToObj(tick -> empty(
                                "line",
                                number(
                                        "class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"",
                                        LEFT, WIDTH - right, y.position(tick), y.position(tick)))
                        + label("end", LEFT - 8, y.position(tick) + 4, y.label(tick)))
                .collect(Collectors.joining());
        String columns = x.ticks()
                .mapToObj(tick -> label("middle", x.position(tick), HEIGHT - BOTTOM + 18, under.apply(tick)))
                .collect(Collectors.joining());
        return rows + columns;
    }

    private static String label(String anchor, double x, double y, String label) {
        return tag("text", number("text-anchor=\"%s\" x=\"%.1f\" y=\"%.1f\"", anchor, x, y), text(label));
    }
}
