package io.github.sparkcnn.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** Writing under a hidden temporary name in the same folder, then renaming: readers see the whole thing or nothing of it. */
final class AtomicWrite {

    /** What {@link #beside} makes. */
    private static final Pattern UNFINISHED =
            Pattern.compile("\\.(?<name>.+)\\.(tmp|old)-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private AtomicWrite() {}

    static void file(FileSystem files, Path target, Storage.FileContent content) throws IOException {
        refuse(files.exists(target) && files.getFileStatus(target).isDirectory(), target, "is a folder");
        Path temporary = beside(target, "tmp");
        tidyingUp(files, temporary, () -> {
            try (FileOutput out = new FileOutput(files.create(temporary, true), new WriteAttempt(files, temporary))) {
                content.writeTo(out.leftOpen());
                out.sync();
            }
            replace(files, temporary, target);
        });
    }

    /** Whatever becomes of the step, nothing half-written is left; where that cannot be done either, it is the step's failure that is told. */
    private static void tidyingUp(FileSystem files, Path temporary, WriteAttempt.Step step) throws IOException {
        try {
            step.run();
        } catch (Throwable e) { // Scala throws checked exceptions that nobody declares
            takeAway(files, temporary, e);
            throw e;
        }
        files.delete(temporary, true);
    }

    private static void takeAway(FileSystem files, Path halfWritten, Throwable failure) {
        try {
            files.delete(halfWritten, true);
        } catch (IOException | RuntimeException also) {
            failure.addSuppressed(also);
        }
    }

    static void folder(FileSystem files, Path target, Storage.FolderContent content) throws IOException {
        refuse(files.exists(target) && files.getFileStatus(target).isFile(), target, "is a file");
        Path temporary = beside(target, "tmp");
        tidyingUp(files, temporary, () -> {
            files.mkdirs(temporary);
            content.writeTo(temporary);
            swapIn(files, temporary, target);
        });
    }

    /** Writes a file if there is none; whether it did. */
    static boolean newFile(FileSystem files, Path target, Storage.FileContent content) throws IOException {
        files.mkdirs(target.getParent());
        Optional<OutputStream> created = createIfAbsent(files, target);
        if (created.isEmpty()) {
            return false;
        }
        try (OutputStream out = created.get()) {
            content.writeTo(out);
            return true;
        } catch (IOException | RuntimeException | FSError e) {
            takeAway(files, target, e);
            throw e;
        }
    }

    /** Empty where there is one, of which HDFS says so in several ways while it is being written. */
    private static Optional<OutputStream> createIfAbsent(FileSystem files, Path target) throws IOException {
        try {
            return Optional.of(createNew(files, target));
        } catch (IOException e) {
            if (files.exists(target)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static OutputStream createNew(FileSystem files, Path target) throws IOException {
        // Hadoop's local files look first and create then.
        return files.getUri().getScheme().equals("file")
                ? Files.newOutputStream(
                        java.nio.file.Path.of(target.toUri().getPath()),
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE)
                : files.create(target, false);
    }

    /** Creates and deletes a folder as near to the target as folders exist. */
    static void tryToCreate(FileSystem files, Path target) throws IOException {
        Path existing = target;
        while (!files.exists(existing)) {
            existing = existing.getParent();
        }
        refuse(files.getFileStatus(existing).isFile(), existing, "is a file");
        Path temporary = beside(Storage.in(existing, "output"), "tmp");
        refuse(!files.mkdirs(temporary), existing, "is a folder in which nothing can be created");
        files.delete(temporary, true);
    }

    /** Deletes what writers that were killed left in a folder, which need not exist. */
    static void deleteUnfinished(FileSystem files, Path folder) throws IOException {
        if (!files.exists(folder)) {
            return;
        }
        for (FileStatus status : files.listStatus(folder)) {
            if (UNFINISHED.matcher(status.getPath().getName()).matches()) {
                files.delete(status.getPath(), true);
            }
        }
    }

    /** Renames a file over the target, which may exist. */
    static void replace(FileSystem files, Path source, Path target) throws IOException {
        if (files instanceof RawLocalFileSystem) {
            // Left by a writer with Hadoop's checksums, it would not fit the new content.
            files.delete(Storage.in(target.getParent(), "." + target.getName() + ".crc"), false);
            // POSIX rename replaces; FileContext would delete first.
            refuse(!files.rename(source, target), target, "could not be renamed from " + source.getName());
        } else {
            FileContext.getFileContext(target.toUri(), files.getConf())
                    .rename(source, files.makeQualified(target), Options.Rename.OVERWRITE);
        }
    }

    /** No file system replaces a filled folder in one step: the old one steps aside and comes back if the new one fails. */
    private static void swapIn(FileSystem files, Path source, Path target) throws IOException {
        Path old = beside(target, "old");
        boolean replaces = files.exists(target);
        if (replaces) {
            refuse(!files.rename(target, old), target, "could not be moved aside");
        }
        try {
            refuse(!files.rename(source, target), target, "could not be renamed from " + source.getName());
        } catch (IOException e) {
            if (replaces) {
                files.rename(old, target);
            }
            throw e;
        }
        if (replaces) {
            files.delete(old, true);
        }
    }

    private static Path beside(Path target, String kind) {
        return Storage.in(target.getParent(), "." + target.getName() + "." + kind + "-" + UUID.randomUUID());
    }

    /** What a path below an unfinished file or folder will be called once that is finished. */
    static Path target(Path path) {
        if (path.getParent() == null) {
            return path;
        }
        Matcher name = UNFINISHED.matcher(path.getName());
        return Storage.in(target(path.getParent()), name.matches() ? name.group("name") : path.getName());
    }

    private static void refuse(boolean condition, Path path, String reason) throws IOException {
        if (condition) {
            throw new IOException(path + " " + reason);
        }
    }
}
