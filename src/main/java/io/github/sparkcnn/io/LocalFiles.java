package io.github.sparkcnn.io;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Hadoop's local file system without its {@code .NAME.crc} files, which refuse a file that somebody copied over by hand, and without
 * the process {@code chmod}, which it starts for each file and folder that it makes where it has no native library. What comes into
 * an empty folder while that is being deleted stays.
 */
final class LocalFiles extends RawLocalFileSystem {

    private LocalFiles() {}

    /** In place of Hadoop's own; another that somebody has configured stays. */
    static FileSystem of(LocalFileSystem local, Configuration configuration) throws IOException {
        FileSystem raw = local.getRawFileSystem();
        if (raw.getClass() != RawLocalFileSystem.class) {
            return raw;
        }
        LocalFiles files = new LocalFiles();
        files.initialize(URI.create("file:///"), configuration);
        return files;
    }

    /** Hadoop's looks into the folder, and then deletes it with what has come into it since. */
    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
        Optional<java.nio.file.Path> folder = recursive ? Optional.empty() : folder(path);
        return folder.isPresent() ? Files.deleteIfExists(folder.get()) : super.delete(path, recursive);
    }

    /** Empty for a link to one, which stays, and for a name that Java cannot deal with. */
    private Optional<java.nio.file.Path> folder(Path path) {
        try {
            return Optional.of(pathToFile(path).toPath())
                    .filter(file -> Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    @Override
    public void setPermission(Path path, FsPermission permission) throws IOException {
        if (permission.getStickyBit()) { // Java has no word for it
            super.setPermission(path, permission);
            return;
        }
        try {
            Files.setPosixFilePermissions(
                    pathToFile(path).toPath(), PosixFilePermissions.fromString(permission.toString()));
        } catch (InvalidPathException
                | UnsupportedOperationException e) { // a name or a system that Java cannot deal with
            super.setPermission(path, permission);
        }
    }
}
