package io.github.sparkcnn.data.folder;

import java.io.Serializable;
import java.util.List;

/**
 * One file of a folder or an archive.
 *
 * @param name its path below the root, with {@code /} between folders
 * @param position of its bytes in a tar, of its header in a zip; 0 in a folder
 * @param stored bytes that it takes where it lies
 * @param size bytes that it has
 * @param zipped what its bytes are checked by, in a zip
 */
record Member(String name, long position, long stored, long size, Zipped zipped) implements Serializable {
    /** What a zip's directory says of a file. */
    record Zipped(boolean deflated, int crc) implements Serializable {
        /** Of files that lie in no zip. */
        static final Zipped NOT = new Zipped(false, 0);
    }

    private static final List<String> IMAGES = List.of(
            ".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".bmp", ".gif", ".tif", ".tiff", ".webp", ".heic", ".avif");

    /** The same under a name below a folder of the root. */
    Member named(String other) {
        return new Member(other, position, stored, size, zipped);
    }

    /** Whether it is called like an image; what it is, its first bytes tell. */
    boolean isCalledImage() {
        return isCalledImage(name);
    }

    static boolean isCalledImage(String name) {
        return IMAGES.stream()
                .anyMatch(end -> name.regionMatches(true, name.length() - end.length(), end, 0, end.length()));
    }

    /** Whether it is what systems and jobs leave among people's files. */
    static boolean isHidden(String part) {
        return part.startsWith(".")
                || part.equals("__MACOSX")
                || part.equals("_SUCCESS")
                || part.equals("_temporary")
                || part.equalsIgnoreCase("Thumbs.db")
                || part.equalsIgnoreCase("desktop.ini");
    }
}
