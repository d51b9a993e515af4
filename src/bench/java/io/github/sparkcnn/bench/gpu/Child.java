package io.github.sparkcnn.bench.gpu;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.bench.Fork;
import java.util.List;

/**
 * A process of its own for whatever computes on the device. A CUDA context ends with its process, and a GPU in EXCLUSIVE_PROCESS mode has
 * one at a time.
 */
final class Child {
    /** Of a process whose user has something to mend. */
    private static final int REFUSED = 2;

    private Child() {}

    /** A JVM like this one, on one thread. */
    static Fork of(Class<?> main, List<String> words) {
        return Fork.java(1, List.of(), main, words);
    }

    /** What its {@code main} does: a mistake of the user's is one line. */
    static void run(Runnable work) {
        try {
            work.run();
        } catch (UserException e) {
            System.err.println(e.getMessage());
            System.exit(REFUSED);
        }
    }

    /** Whether this is how a child ends that has told the user what to mend. */
    static boolean isRefusal(Throwable e) {
        return e instanceof Fork.Ended ended && ended.code() == REFUSED;
    }
}
