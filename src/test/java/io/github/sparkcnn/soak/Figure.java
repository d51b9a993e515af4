package io.github.sparkcnn.soak;

/** What is watched, and how much of it a hundred epochs may add. */
enum Figure {
    HEAP("heap after a collection, MB", 3),
    OUTSIDE("resident outside the heap, MB", 10),
    THREADS("threads", 5),
    FILES("open files", 2),
    TEMPORARY("temporary files", 4),
    BROADCASTS("broadcast blocks", 2),
    STORAGE("Spark's storage in use, MB", 1);

    private final String title;
    private final double bound;

    Figure(String title, double bound) {
        this.title = title;
        this.bound = bound;
    }

    String title() {
        return title;
    }

    /** In the figure's unit for a hundred epochs. */
    double bound() {
        return bound;
    }
}
