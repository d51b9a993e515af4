package io.github.sparkcnn.fuzz;

import io.github.sparkcnn.io.Storage;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.util.SerializableConfiguration;

/** A folder of a reader's own for its input as a file; whatever else is in it afterwards came out of the input. */
public final class Scratch {
    /** Paths without a scheme are local. */
    public static final Storage STORAGE = Storage.ofLocalMaster(new Configuration(false));

    /** Hadoop's settings as a task gets them. */
    public static final SerializableConfiguration HADOOP = new SerializableConfiguration(new Configuration(false));

    /** Where Linux lists a process's open files. */
    private static final Path OPEN = Path.of("/proc/self/fd");
    /** Looking costs as much as a small input. */
    private static final int LOOKS = 64;

    private final Path folder;
    private int written;

    public Scratch() {
        try {
            folder = Files.createTempDirectory("sparkcnn-fuzz");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::delete));
    }

    /** Writes a file of this name. Fails now and then if what was written before is still open. */
    public FileStatus file(String name, byte[] content) throws IOException {
        if (++written % LOOKS == 0) {
            requireClosed();
        }
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        return STORAGE.status(STORAGE.path(file.toString())).orElseThrow();
    }

    /** The folder as a path of Hadoop's. */
    public FileStatus root() {
        return STORAGE.status(STORAGE.path(folder.toString())).orElseThrow();
    }

    /** Fails if files other than these are in the folder. */
    public void requireOnly(String... names) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<String> others = files.map(file -> file.getFileName().toString())
                    .filter(name -> !List.of(names).contains(name))
                    .toList();
            if (!others.isEmpty()) {
                throw new AssertionError("out of the input came " + others);
            }
        }
    }

    /** Fails if a file of the folder is open. */
    void requireClosed() throws IOException {
        if (!Files.isDirectory(OPEN)) {
            return;
        }
        try (Stream<Path> descriptors = Files.list(OPEN)) {
            List<Path> open = descriptors
                    .map(Scratch::target)
                    .filter(file -> file.startsWith(folder))
                    .toList();
            if (!open.isEmpty()) {
                throw new AssertionError("left open: " + open.size() + " files, " + open.get(0) + " among them");
            }
        }
    }

    private static Path target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor);
        } catch (IOException e) { // closed since
            return descriptor;
        }
    }

    private void delete() {
        try (Stream<Path> files = Files.walk(folder, new FileVisitOption[0])) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
