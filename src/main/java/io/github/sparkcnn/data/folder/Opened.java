package io.github.sparkcnn.data.folder;

import io.github.sparkcnn.data.format.BadImages;
import io.github.sparkcnn.io.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.FileStatus;

/** A folder or an archive, told by its first bytes, and the files in it. */
record Opened(Container container, Tree tree) {
    private static final int TAR_MARK = 257;
    private static final int START = 512;

    static Opened of(Storage storage, FileStatus root) {
        Container.Kind kind = kind(storage, root);
        Tree tree = switch (kind) {
            case FOLDER, FILE -> Listing.of(storage, root);
            case ZIP -> ZipDirectory.of(storage, root);
            case TAR -> TarIndex.of(storage, root);
        };
        return new Opened(new Container(kind, root.getPath().toString(), ""), tree);
    }

    static Container.Kind kind(Storage storage, FileStatus root) {
        if (root.isDirectory()) {
            return Container.Kind.FOLDER;
        }
        byte[] start = start(storage, root);
        if (is(start, 0, "PK\3\4")) {
            return Container.Kind.ZIP;
        }
        String name = root.getPath().getName();
        if (name.endsWith(".tar.gz") || name.endsWith(".tgz")) {
            throw BadImages.in(
                    root.getPath(),
                    "a compressed tar can only be read from its beginning, by one task",
                    "Unpack it with gunzip to a tar, or make a zip of it");
        }
        return is(start, TAR_MARK, "ustar") ? Container.Kind.TAR : Container.Kind.FILE;
    }

    static byte[] start(Storage storage, FileStatus file) {
        try (InputStream in = storage.open(file.getPath())) {
            return in.readNBytes(START);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file.getPath() + ": " + e.getMessage(), e);
        }
    }

    private static boolean is(byte[] bytes, int at, String mark) {
        boolean same = bytes.length >= at + mark.length();
        for (int i = 0; same && i < mark.length(); i++) {
            same = bytes[at + i] == mark.charAt(i);
        }
        return same;
    }
}
