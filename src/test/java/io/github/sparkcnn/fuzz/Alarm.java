package io.github.sparkcnn.fuzz;

/** Rings when {@link Canary} is run. */
public final class Alarm {
    private static volatile boolean rung;

    private Alarm() {}

    static void ring() {
        rung = true;
    }

    static boolean hasRung() {
        return rung;
    }

    static void reset() {
        rung = false;
    }
}
