package io.github.sparkcnn.bench.gpu;

import java.util.function.Consumer;

/** Something that has to hold on a device, or is measured there. */
interface Check {

    /** As {@code --checks} names it. */
    String name();

    /** Makes it, and tells each verdict as soon as there is one. */
    void run(Bench bench, Consumer<Verdict> verdicts);
}
