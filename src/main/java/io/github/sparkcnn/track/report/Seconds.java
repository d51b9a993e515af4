package io.github.sparkcnn.track.report;

/** Durations for people. */
final class Seconds {

    private Seconds() {}

    /** {@code 8.3 s}, {@code 4 min 05 s}, {@code 2 h 07 min}. */
    static String text(double seconds) {
        long whole = Math.round(seconds);
        if (whole < 60) {
            return Markup.number("%.1f s", seconds);
        }
        return whole < 3600
                ? Markup.number("%d min %02d s", whole / 60, whole % 60)
                : Markup.number("%d h %02d min", whole / 3600, whole % 3600 / 60);
    }
}
