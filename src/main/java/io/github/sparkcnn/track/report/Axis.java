package io.github.sparkcnn.track.report;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Maps values to the page, with ticks at round numbers.
 *
 * @param step between two ticks: 1, 2 or 5 times a power of ten
 * @param from where {@code min} lies on the page
 * @param to where {@code max} lies
 */
record Axis(double min, double max, double step, double from, double to) {

    private static final int MOST_TICKS = 10_000;

    /** An axis that holds the values and begins and ends at a tick. */
    static Axis around(double low, double high, int ticks, double from, double to) {
        // Equal values get an axis around them.
        double margin = high > low ? 0 : Math.max(Math.abs(high) * 0.1, 1e-9);
        double step = roundStep((high - low + 2 * margin) / ticks);
        double min = Math.floor((low - margin) / step + 1e-9) * step;
        double max = Math.ceil((high + margin) / step - 1e-9) * step;
        return new Axis(min, max, step, from, to);
    }

    /** Whole numbers, from the first to the last. */
    static Axis ofWholes(double first, double last, int ticks, double from, double to) {
        double step = Math.max(1, roundStep((last - first) / ticks));
        return new Axis(first, last, step, from, to);
    }

    double position(double value) {
        return max > min ? from + (value - min) / (max - min) * (to - from) : (from + to) / 2;
    }

    /** None where the values are so close together, or so far apart, that no step leads from one to the other. */
    DoubleStream ticks() {
        double first = Math.ceil(min / step - 1e-9) + 0.0; // no minus zero
        double last = Math.floor(max / step + 1e-9);
        double steps = last - first;
        // Counted, for beyond 2⁵³ one more is the same number.
        return steps >= 0 && steps < MOST_TICKS
                ? IntStream.rangeClosed(0, (int) steps).mapToDouble(i -> (first + i) * step)
                : DoubleStream.empty();
    }

    /** With as many decimals as tell two ticks apart. */
    String label(double tick) {
        int decimals = Math.max(0, (int) Math.ceil(-Math.log10(step) - 1e-9));
        return decimals > 5 ? Markup.number("%.1e", tick) : Markup.number("%,." + decimals + "f", tick);
    }

    private static double roundStep(double step) {
        double power = Math.pow(10, Math.floor(Math.log10(step)));
        double fraction = step / power;
        double rounded = fraction <= 1 + 1e-9 ? 1 : fraction <= 2 + 1e-9 ? 2 : fraction <= 5 + 1e-9 ? 5 : 10;
        return rounded * power;
    }
}
