package io.github.sparkcnn.io;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.Visible;
import java.io.IOException;
import org.apache.hadoop.fs.ClusterStorageCapacityExceededException;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.server.namenode.SafeModeException;
import org.apache.hadoop.ipc.RemoteException;

/**
 * Writes to a path. A disk or a quota that is full, and a file system in safe mode, is the user's mistake, in one line; all else that goes wrong is an
 * {@link IOException}, also what Hadoop makes an {@link FSError} of.
 */
record WriteAttempt(FileSystem files, Path path) {

    /** With less than this the disk is full, whatever the operating system calls it in the user's language. */
    private static final long FULL_BYTES = 64 << 10;

    @FunctionalInterface
    interface Step {
        void run() throws IOException;
    }

    void run(Step step) throws IOException {
        try {
            step.run();
        } catch (FSError e) {
            throw failure(e.getCause() instanceof IOException cause ? cause : new IOException(e));
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private IOException failure(IOException e) {
        String reason = Visible.firstLine(e);
        if (isReadOnly(e)) {
            throw new UserException(
                    "write " + Storage.display(AtomicWrite.target(path)),
                    "HDFS is in safe mode (" + reason + ")",
                    "Wait until it has left that (hdfs dfsadmin -safemode wait), and give the command again");
        }
        if (isFull(e, reason)) {
            throw new UserException(
                    "write " + Storage.display(AtomicWrite.target(path)),
                    "the disk is full (" + reason + ")",
                    "Make room there, or write to another place");
        }
        return e;
    }

    /** Some calls hand the name node's exception through, others leave it packed up. */
    private static boolean isReadOnly(IOException e) {
        IOException unpacked = e instanceof RemoteException remote ? remote.unwrapRemoteException() : e;
        return unpacked instanceof SafeModeException;
    }

    private boolean isFull(IOException e, String reason) {
        // ENOSPC also stands for a lack of inodes, EDQUOT for a quota: bytes may be left.
        if (e instanceof ClusterStorageCapacityExceededException
                || reason.contains("No space left on device")
                || reason.contains("Disk quota exceeded")) {
            return true;
        }
        try {
            return files.getStatus(existing()).getRemaining() < FULL_BYTES;
        } catch (IOException | RuntimeException unknown) {
            return false;
        }
    }

    /** The file or folder, or the nearest above it: of a path that is not there, local files say that nothing remains. */
    private Path existing() throws IOException {
        Path existing = path;
        while (!files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        return existing;
    }
}
