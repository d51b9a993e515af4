package io.github.sparkcnn.track.tensorboard;

import io.github.sparkcnn.io.Storage;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** An event file in a folder of any Hadoop file system, named so that TensorBoard finds it. */
public final class EventFile {

    private EventFile() {}

    /** Creates a new file in {@code folder}; a resumed run adds one beside the old, and TensorBoard shows them as one run. */
    public static EventWriter create(Path folder, Configuration hadoop) {
        Path file = Storage.in(folder, name(Instant.now(), host()));
        return new EventWriter(Storage.ofCluster(hadoop).append(file), file.toString());
    }

    static String name(Instant now, String host) {
        return String.format(
                Locale.ROOT, "events.out.tfevents.%010d.%s.%09d", now.getEpochSecond(), host, now.getNano());
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) { // a container whose name nobody resolves
            return "localhost";
        }
    }
}
