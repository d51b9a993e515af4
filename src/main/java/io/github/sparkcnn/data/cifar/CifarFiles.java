package io.github.sparkcnn.data.cifar;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.data.format.BadImages;
import io.github.sparkcnn.data.format.Beginning;
import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.io.Storage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * The files of one half.
 *
 * @param names of the classes in the order of their labels; empty where no file tells them
 */
record CifarFiles(CifarSet set, List<FileStatus> batches, Optional<List<String>> names) {

    /** By the official names, and sizes of whole records: nothing else marks such a file. */
    static Optional<CifarSet> setAt(Beginning beginning) {
        return beginning.isFolder()
                ? Stream.of(CifarSet.values())
                        .filter(set -> beginning.content().stream().anyMatch(entry -> isBatch(set, entry)))
                        .findFirst()
                : Stream.of(CifarSet.values())
                        .filter(set -> isBatch(set, beginning.root()))
                        .findFirst();
    }

    private static boolean isBatch(CifarSet set, FileStatus file) {
        return file.isFile() && set.isOf(file.getPath().getName());
    }

    static CifarFiles of(Storage storage, FileStatus root, Split split) {
        CifarSet set = setAt(Beginning.of(storage, root)).orElseThrow(() -> absent(root, "batch of CIFAR"));
        Path folder = root.isFile() ? root.getPath().getParent() : root.getPath();
        List<FileStatus> batches = root.isFile()
                ? List.of(root)
                : storage.list(folder).stream()
                        .filter(file ->
                                file.isFile() && set.isOf(split, file.getPath().getName()))
                        .toList();
        if (batches.isEmpty()) {
            throw absent(root, (split == Split.TRAIN ? "training" : "test") + " batch");
        }
        batches.forEach(batch -> requireWhole(set, batch));
        return new CifarFiles(set, batches, names(storage, new Path(folder, set.names())));
    }

    private static void requireWhole(CifarSet set, FileStatus batch) {
        if (batch.getLen() == 0 || batch.getLen() % set.record() != 0) {
            throw BadImages.in(
                    batch.getPath(),
                    "it has " + batch.getLen() + " bytes, no multiple of the " + set.record() + " of an image",
                    "Download it again");
        }
    }

    private static Optional<List<String>> names(Storage storage, Path file) {
        if (!storage.exists(file)) {
            return Optional.empty();
        }
        return Optional.of(new String(storage.read(file), StandardCharsets.UTF_8)
                        .lines()
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .toList())
                .filter(names -> !names.isEmpty());
    }

    private static UserException absent(FileStatus root, String what) {
        return BadImages.in(
                root.getPath(),
                "there is no " + what + " in it",
                "Name the folder cifar-10-batches-bin or cifar-100-binary, or one of its files");
    }
}
