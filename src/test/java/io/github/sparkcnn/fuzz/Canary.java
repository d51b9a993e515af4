package io.github.sparkcnn.fuzz;

import java.io.Serializable;

/** A class of the class path that only inputs name: nobody may run it. The JVM runs its beginning once. */
public final class Canary implements Serializable {
    /** As inputs write it; a constant, which runs nothing. */
    public static final String NAME = "io.github.sparkcnn.fuzz.Canary";

    private static final long serialVersionUID = 1L;

    static {
        Alarm.ring();
    }
}
