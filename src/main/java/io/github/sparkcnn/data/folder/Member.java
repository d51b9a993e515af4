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
 * @param deflated whether it is compressed by itself
 */
record Member(String name, long position, long stored, long size, boolean deflated) implements Serializable {
    private static final List<String> IMAGES = List.of(
            ".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".bmp", ".gif", ".tif", ".tiff", ".webp", ".heic", ".avif");

    /** The same under a name below a folder of the root. */
    Member named(String other) {
        return new Member(other, position, stored, size, deflated);
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
