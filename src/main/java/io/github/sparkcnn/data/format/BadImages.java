package io.github.sparkcnn.data.format;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.io.Storage;
import org.apache.hadoop.fs.Path;

/** Words for what is wrong with a data file: the same on the driver and in a task. */
public final class BadImages {

    private BadImages() {}

    /** The user's mistake in a file. */
    public static UserException in(Path file, String reason, String remedy) {
        return new UserException("read " + Storage.display(file), reason, remedy);
    }

    /** The user's mistake at the root of a failed Spark job, or the failure itself. */
    public static RuntimeException rootOf(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UserException mistake) {
                return mistake;
            }
        }
        return failure instanceof RuntimeException e ? e : new IllegalStateException(failure);
    }
}
