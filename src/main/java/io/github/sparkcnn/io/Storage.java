package io.github.sparkcnn.io;

import io.github.sparkcnn.FileException;
import io.github.sparkcnn.Handover;
import io.github.sparkcnn.UserException;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The file systems that Hadoop knows. A path without a scheme is local on a local Spark master and on the cluster's default
 * file system otherwise. What a file system does not do is a {@link FileException}.
 */
public final class Storage {
    private static final Pattern WITH_SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:/.*");

    private final Configuration configuration;
    private final SchemelessPath schemeless;

    private Storage(Configuration configuration, SchemelessPath schemeless) {
        this.configuration = configuration;
        this.schemeless = schemeless;
    }

    /** Writes a file's content; closing the stream is allowed and not needed. */
    @FunctionalInterface
    public interface FileContent {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Fills a folder that exists and is empty. */
    @FunctionalInterface
    public interface FolderContent {
        void writeTo(Path folder) throws IOException;
    }

    /** Paths without a scheme are local files. */
    public static Storage ofLocalMaster(Configuration configuration) {
        return new Storage(configuration, text -> new Path("file", null, new File(text).getAbsolutePath()));
    }

    /** Paths without a scheme are on {@code fs.defaultFS}. */
    public static Storage ofCluster(Configuration configuration) {
        return new Storage(configuration, text -> {
            Path path = new Path(null, null, text);
            return path.getFileSystem(configuration).makeQualified(path);
        });
    }

    /** As the Spark master ({@code local[*]}, {@code spark://host:7077}, {@code yarn} …) wants it. */
    public static Storage ofMaster(String master, Configuration configuration) {
        return isLocalMaster(master) ? ofLocalMaster(configuration) : ofCluster(configuration);
    }

    /** Whether this Spark master's paths without a scheme are this machine's. */
    public static boolean isLocalMaster(String master) {
        // local-cluster starts executors of its own, but they are on this machine too.
        return master.toLowerCase(Locale.ROOT).startsWith("local");
    }

    /** The absolute path, with scheme, that the user's text means. */
    public Path path(String text) {
        try {
            return WITH_SCHEME.matcher(text).matches() ? new Path(text) : schemeless.qualify(text);
        } catch (IOException e) {
            throw new FileException("resolve", text, e);
        }
    }

    /** A name in a folder, whatever is in it: of Hadoop's constructors only the one of three parts takes a colon. */
    public static Path in(Path folder, String name) {
        return new Path(folder, new Path(null, null, name));
    }

    /** The file's or folder's status, if there is one. */
    public Optional<FileStatus> status(Path path) {
        try {
            return Optional.of(fileSystem(path).getFileStatus(path));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            if (e.getCause() == null) { // HDFS's word for a name that no file of its can have
                return Optional.empty();
            }
            throw e;
        } catch (IOException e) {
            throw new FileException("look at", path, e);
        }
    }

    public boolean exists(Path path) {
        return status(path).isPresent();
    }

    /** All that is in the folder, hidden names too, in no order; refuses as {@link #list} does. */
    public List<FileStatus> everythingIn(Path folder) {
        try {
            LocalNames.requireSpelt(fileSystem(folder), folder);
            return List.of(fileSystem(folder).listStatus(folder));
        } catch (IOException e) {
            throw new FileException("list", folder, e);
        }
    }

    /**
     * What is in the folder, without hidden names ({@code .x}, {@code _x}), in the order of the names.
     *
     * @throws UserException for a local folder with a name that Java cannot spell here, and Hadoop would leave out
     */
    public List<FileStatus> list(Path folder) {
        return everythingIn(folder).stream()
                .filter(s -> !s.getPath().getName().startsWith("."))
                .filter(s -> !s.getPath().getName().startsWith("_"))
                .sorted(Comparator.comparing(s -> s.getPath().getName()))
                .toList();
    }

    public InputStream open(Path path) {
        try {
            return fileSystem(path).open(path);
        } catch (IOException e) {
            throw new FileException("open", path, e);
        }
    }

    /** All bytes of a file. */
    public byte[] read(Path path) {
        try (InputStream in = open(path)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new FileException("read", path, e);
        }
    }

    /** Opens the file at a position. */
    public InputStream open(Path path, long position) {
        try {
            return Handover.of(fileSystem(path).open(path), in -> {
                in.seek(position);
                return in;
            });
        } catch (IOException e) {
            throw new FileException("open", path, e);
        }
    }

    /** Opens the file for a reader that goes to and fro. */
    public SeekableByteChannel channel(Path path) {
        try {
            FileSystem files = fileSystem(path);
            long length = files.getFileStatus(path).getLen();
            return new SeekableFile(files.open(path), length);
        } catch (IOException e) {
            throw new FileException("open", path, e);
        }
    }

    /** The path as users write it: without the scheme where it is the local file system's. */
    public static String display(Path path) {
        return isLocal(path) ? path.toUri().getPath() : path.toString();
    }

    /** Whether an absolute path is on this machine's own file system. */
    public static boolean isLocal(Path path) {
        return "file".equals(path.toUri().getScheme());
    }

    /** Opens the file for writing behind its end, or creates it: not atomic. */
    public OutputStream append(Path path) {
        try {
            FileSystem files = fileSystem(path);
            WriteAttempt attempt = new WriteAttempt(files, path);
            FSDataOutputStream[] file = new FSDataOutputStream[1];
            attempt.run(() -> file[0] = files.exists(path) ? files.append(path) : files.create(path, false));
            return new FileOutput(file[0], attempt);
        } catch (IOException e) {
            throw new FileException("append to", path, e);
        }
    }

    /** Writes the whole file or leaves what was there; creates the folders above it. */
    public void write(Path file, FileContent content) {
        change("write", file, files -> AtomicWrite.file(files, file, content));
    }

    /** The same of a text, in UTF-8. */
    public void write(Path file, String text) {
        write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Writes the whole folder or leaves what was there; what was there is replaced, not merged. */
    public void writeFolder(Path folder, FolderContent content) {
        change("write", folder, files -> AtomicWrite.folder(files, folder, content));
    }

    /** Writes a file that is not there; false, and nothing written, where it is. Of two at once one wins. */
    boolean createNew(Path file, FileContent content) {
        boolean[] isNew = new boolean[1];
        change("write", file, files -> isNew[0] = AtomicWrite.newFile(files, file, content));
        return isNew[0];
    }

    /** Moves a file in place of the target, which may exist, in one step. */
    public void rename(Path file, Path target) {
        change("rename " + file + " to", target, files -> AtomicWrite.replace(files, file, target));
    }

    public void createFolder(Path folder) {
        change("create", folder, files -> files.mkdirs(folder));
    }

    /** Deletes a file or a folder with all that is in it, if it is there. */
    public void delete(Path path) {
        change("delete", path, files -> {
            if (!files.delete(path, true) && files.exists(path)) { // the local one says no more
                throw new IOException("the file system does not let it go");
            }
        });
    }

    /** Deletes the folder if nothing is in it. */
    void deleteEmpty(Path folder) {
        try {
            fileSystem(folder).delete(folder, false);
        } catch (IOException somethingIsInIt) {
            // Then it stays.
        }
    }

    /** Deletes what writers that were killed left in the folder, which need not exist and which nobody may be writing to now. */
    public void deleteUnfinished(Path folder) {
        change("tidy up", folder, files -> AtomicWrite.deleteUnfinished(files, folder));
    }

    /**
     * Makes sure that a file or folder can be written there; leaves nothing behind.
     *
     * @throws IllegalArgumentException HDFS's word for a name that it cannot have
     */
    void tryToCreate(Path target) throws IOException {
        AtomicWrite.tryToCreate(fileSystem(target), target);
    }

    private FileSystem fileSystem(Path path) throws IOException {
        FileSystem files = path.getFileSystem(configuration);
        return files instanceof LocalFileSystem local ? LocalFiles.of(local, configuration) : files;
    }

    private void change(String verb, Path path, Change change) {
        try {
            FileSystem files = fileSystem(path);
            new WriteAttempt(files, path).run(() -> change.make(files));
        } catch (IOException e) {
            throw new FileException(verb, path, e);
        }
    }

    @FunctionalInterface
    private interface Change {
        void make(FileSystem files) throws IOException;
    }

    @FunctionalInterface
    private interface SchemelessPath {
        Path qualify(String text) throws IOException;
    }
}
