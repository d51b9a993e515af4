package io.github.sparkcnn.data.folder;

import io.github.sparkcnn.io.Storage;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** Whether a folder looks like one of images, from a few requests. */
final class FolderLook {
    private static final int DEPTH = 4;
    private static final int FOLDERS = 20;

    private FolderLook() {}

    static boolean holdsImages(Storage storage, Path folder) {
        return holdsImages(storage, folder, DEPTH);
    }

    private static boolean holdsImages(Storage storage, Path folder, int depth) {
        List<FileStatus> inside = storage.everythingIn(folder).stream()
                .filter(status -> !Member.isHidden(status.getPath().getName()))
                .toList();
        return inside.stream()
                        .anyMatch(status -> status.isFile()
                                && Member.isCalledImage(status.getPath().getName()))
                || (depth > 1
                        && inside.stream()
                                .filter(FileStatus::isDirectory)
                                .limit(FOLDERS)
                                .anyMatch(status -> holdsImages(storage, status.getPath(), depth - 1)));
    }
}
