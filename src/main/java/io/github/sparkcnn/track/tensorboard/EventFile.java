package io.github.sparkcnn.track.tensorboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Instant;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/** An event file in a folder of any Hadoop file system, named so that TensorBoard finds it. */
public final class EventFile {

    private EventFile() {}

    /** Creates a new file in {@code folder}; a resumed run adds one beside the old, and TensorBoard shows them as one run. */
    public static EventWriter create(Path folder, Configuration hadoop) {
        try {
            Path file = new Path(folder, name());
            return new EventWriter(fileSystem(folder, hadoop).create(file, false), file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot create a TensorBoard event file in " + folder, e);
        }
    }

    /**
     * Local files go past Hadoop's checksums: the checksummed stream keeps up to 512 bytes back from a reader however often it
     * is flushed, and TensorBoard takes its {@code .crc} files for damaged event files.
     */
    private static FileSystem fileSystem(Path folder, Configuration hadoop) throws IOException {
        FileSystem fileSystem = folder.getFileSystem(hadoop);
        return fileSystem instanceof LocalFileSystem local ? local.getRawFileSystem() : fileSystem;
    }

    private static String name() throws IOException {
        Instant now = Instant.now();
        String host = InetAddress.getLocalHost().getHostName();
        return "events.out.tfevents.%010d.%s.%09d".formatted(now.getEpochSecond(), host, now.getNano());
    }
}
