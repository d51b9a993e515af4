package io.github.sparkcnn.io;

import io.github.sparkcnn.FileException;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.Visible;
import java.io.IOException;
import org.apache.hadoop.fs.Path;

/**
 * A file or folder that the user named, to be written.
 *
 * @param option that names it, for messages
 */
public record NamedOutput(Storage storage, Path path, String option) {

    /** Refuses a place that cannot be written, before work goes into its content; leaves nothing behind. */
    public void requireWritable() {
        requireWritable(path);
    }

    /**
     * Refuses a file that is there already, for nothing of the user's is overwritten, or that cannot be written; leaves nothing
     * behind.
     */
    public void requireNewFile() {
        storage.status(path).ifPresent(there -> {
            throw there.isDirectory()
                    ? new UserException("write " + path, "it is a folder", "Set " + option + " to a file")
                    : new UserException(
                            "write " + path, "it exists already", "Choose another " + option + " or delete it");
        });
        requireWritable(path.getParent());
    }

    /**
     * Refuses a folder that is there already, for nothing of the user's is overwritten, or that cannot be written; leaves nothing
     * behind.
     *
     * @param what is to be written to it, for messages
     */
    public void requireNewFolder(String what) {
        requireWritable();
        if (storage.exists(path)) {
            throw new UserException(
                    "write " + what + " to " + path, "it exists already", "Choose another " + option + " or delete it");
        }
    }

    private void requireWritable(Path target) {
        try {
            storage.tryToCreate(target);
        } catch (IOException e) {
            throw refusal(new FileException("write", target, e), "to a place that can be written");
        } catch (IllegalArgumentException e) { // HDFS's word for names that it cannot have, and for hosts
            throw refusal(
                    new FileException("write", target, new IOException(e.getMessage(), e)),
                    "to a place that can be written");
        }
    }

    /**
     * Writes the whole file or leaves what was there.
     *
     * @throws UserException where it cannot be written
     */
    public void write(Storage.FileContent content) {
        try {
            storage.write(path, content);
        } catch (FileException e) {
            throw refusal(e, "to a file that can be written");
        }
    }

    private UserException refusal(FileException failed, String where) {
        return Denial.in(failed)
                .orElseGet(() -> new UserException(
                        failed.action(), Visible.firstLine(failed.getCause()), "Set " + option + " " + where));
    }
}
