package io.github.sparkcnn.io;

import io.github.sparkcnn.UserException;
import java.util.Arrays;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** Names of local files, which Java reads in the encoding of the locale it was started in. */
final class LocalNames {

    /** In place of bytes that are no letter in that encoding. */
    private static final char UNKNOWN = '\uFFFD';

    private LocalNames() {}

    /** Refuses a folder in which Java finds names and no files of these names: Hadoop takes them for files just deleted. */
    static void requireSpelt(FileSystem files, Path folder) {
        if (files instanceof RawLocalFileSystem local) {
            String[] names = local.pathToFile(folder).list();
            unspelt(names == null ? new String[0] : names).ifPresent(name -> {
                throw new UserException(
                        "list " + Storage.display(folder),
                        "it holds a file whose name (" + name.replace(UNKNOWN, '?') + ") is no "
                                + System.getProperty("sun.jnu.encoding") + ", the encoding of this process",
                        "Set LC_ALL=C.UTF-8, or rename the file");
            });
        }
    }

    private static Optional<String> unspelt(String... names) {
        return Arrays.stream(names)
                .filter(name -> name.indexOf(UNKNOWN) >= 0)
                .sorted()
                .findFirst();
    }
}
