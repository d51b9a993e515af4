package io.github.sparkcnn.fuzz;

import java.util.List;

/** What Jazzer calls with each of its inputs, by these names: the reader that a system property names. */
public final class GuidedReader {
    static final String NAME = "sparkcnn.fuzz.reader";

    private static OutsideReader reader;

    private GuidedReader() {}

    public static void fuzzerInitialize() throws Exception {
        reader = Readers.named(List.of(System.getProperty(NAME))).get(0);
        for (byte[] input : reader.seeds()) {
            isHeld(input); // loads classes
        }
    }

    /** An input that loads a class takes the memory that instrumenting it takes: what is broken is so a second time. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (!isHeld(input)) {
            Property.hold(reader, input);
        }
    }

    private static boolean isHeld(byte[] input) {
        try {
            Property.hold(reader, input);
            return true;
        } catch (AssertionError e) {
            return false;
        }
    }
}
