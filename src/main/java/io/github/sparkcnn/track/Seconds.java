package io.github.sparkcnn.track;

import java.util.Locale;

/** Durations for people. */
public final class Seconds {

    private Seconds() {}

    /** {@code 8.3 s}, {@code 4 min 05 s}, {@code 2 h 07 min}. */
    public static String text(double seconds) {
        long whole = Math.round(seconds);
        if (whole < 60) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        return whole < 3600
                ? String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole % 3600 / 60);
    }

    /** Of an estimate: {@code 8 s}, {@code 4 min}, {@code 2 h 07 min}. */
    public static String about(double seconds) {
        long whole = Math.round(seconds);
        if (whole < 60) {
            return whole + " s";
        }
        long minutes = Math.round(seconds / 60);
        return minutes < 60
                ? minutes + " min"
                : String.format(Locale.ROOT, "%d h %02d min", minutes / 60, minutes % 60);
    }
}
