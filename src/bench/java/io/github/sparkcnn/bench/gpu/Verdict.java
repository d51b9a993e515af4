package io.github.sparkcnn.bench.gpu;

/**
 * What came of one check.
 *
 * @param check its name
 * @param subject what it was made on: a network, perhaps with its precision
 * @param outcome whether it holds
 * @param detail the figures
 */
record Verdict(String check, String subject, Outcome outcome, String detail) {

    private static final String SEPARATOR = "\t";

    enum Outcome {
        PASSED,
        FAILED,
        /** Nothing to compare with, or a figure that is neither right nor wrong. */
        TOLD
    }

    static Verdict of(String check, String subject, boolean holds, String detail) {
        return new Verdict(check, subject, holds ? Outcome.PASSED : Outcome.FAILED, detail);
    }

    static Verdict told(String check, String subject, String detail) {
        return new Verdict(check, subject, Outcome.TOLD, detail);
    }

    boolean failed() {
        return outcome == Outcome.FAILED;
    }

    /** For another process. */
    String line() {
        return String.join(SEPARATOR, check, subject, outcome.name(), detail);
    }

    static Verdict parse(String line) {
        String[] words = line.split(SEPARATOR, -1);
        return new Verdict(words[0], words[1], Outcome.valueOf(words[2]), words[3]);
    }

    /** A row of a Markdown table. */
    String row() {
        return "| " + check + " | " + subject + " | " + outcome.name().toLowerCase(java.util.Locale.ROOT) + " | "
                + detail + " |";
    }
}
