package io.github.sparkcnn.data;

import io.github.sparkcnn.UserException;
import org.apache.hadoop.fs.Path;

/** Words for what is wrong with a data file: the same on the driver and in a task. */
final class BadImages {

    private BadImages() {}

    static UserException in(Path file, String reason, String remedy) {
        return new UserException("read " + display(file), reason, remedy);
    }

    /** The path as users write it: without the scheme where it is the local file system's. */
    static String display(Path path) {
        return "file".equals(path.toUri().getScheme()) ? path.toUri().getPath() : path.toString();
    }

    /** The user's mistake at the root of a failed Spark job, or the failure itself. */
    static RuntimeException rootOf(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UserException mistake) {
                return mistake;
            }
        }
        return failure instanceof RuntimeException e ? e : new IllegalStateException(failure);
    }
}
