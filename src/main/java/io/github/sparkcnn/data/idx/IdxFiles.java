package io.github.sparkcnn.data.idx;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.data.format.BadImages;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.io.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** The two files of one IDX data set: images and their labels. */
record IdxFiles(Path images, Path labels) {

    /** Whether there are IDX files: by the official names in a folder, by the first bytes of a file. */
    static boolean areAt(Storage storage, FileStatus root) {
        if (root.isDirectory()) {
            return Stream.of(Split.values())
                    .anyMatch(split ->
                            find(storage, root.getPath(), imageNames(split)).isPresent());
        }
        try (InputStream in = IdxHeader.decompressed(storage, root.getPath())) {
            // An IDX file begins with two zero bytes, a text never does.
            byte[] start = in.readNBytes(2);
            return start.length == 2 && start[0] == 0 && start[1] == 0;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + root.getPath() + ": " + e.getMessage(), e);
        }
    }

    static IdxFiles of(Storage storage, ImageSource source, FileStatus root) {
        Path images = root.isFile()
                ? root.getPath()
                : find(storage, root.getPath(), imageNames(source.split()))
                        .orElseThrow(() -> absent(root.getPath(), imageNames(source.split())));
        List<String> labelNames = labelNames(images);
        return new IdxFiles(
                images,
                find(storage, images.getParent(), labelNames)
                        .orElseThrow(() -> absent(images.getParent(), labelNames)));
    }

    private static List<String> imageNames(Split split) {
        return withAndWithoutGz(split.prefix() + "-images-idx3-ubyte", split.prefix() + "-images.idx3-ubyte");
    }

    private static List<String> labelNames(Path images) {
        String name = images.getName().replaceFirst("\\.gz$", "");
        return withAndWithoutGz(name.replace("images", "labels").replace("idx3", "idx1"));
    }

    /** The plain file first: it can be split. */
    private static List<String> withAndWithoutGz(String... names) {
        return Stream.concat(Stream.of(names), Stream.of(names).map(name -> name + ".gz"))
                .toList();
    }

    private static Optional<Path> find(Storage storage, Path folder, List<String> names) {
        return names.stream()
                .map(name -> Storage.in(folder, name))
                .filter(storage::exists)
                .findFirst();
    }

    private static UserException absent(Path folder, List<String> names) {
        return BadImages.in(
                folder,
                "there is no " + names.get(0) + " or " + names.get(names.size() - 1) + " in it",
                "Put the file there, named so");
    }
}
