package io.github.sparkcnn.data.format;

/** Which of the two official halves of a data set, where one folder holds both. */
public enum Split {
    TRAIN("train"),
    TEST("t10k");

    private final String prefix;

    Split(String prefix) {
        this.prefix = prefix;
    }

    /** What the names of the official IDX files begin with. */
    public String prefix() {
        return prefix;
    }
}
