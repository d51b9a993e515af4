package io.github.sparkcnn.data.idx;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.data.format.BadImages;
import io.github.sparkcnn.data.format.Beginning;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.io.Storage;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** The two files of one IDX data set: images and their labels. */
record IdxFiles(Path images, Path labels) {

    /** Where torchvision puts the files that it has downloaded. */
    private static final String TORCHVISION = "raw";

    /** Whether there are IDX files: by their names in a folder, by the first bytes of a file. */
    static boolean areAt(Beginning beginning) {
        if (beginning.isFolder()) {
            return Stream.of(Split.values())
                    .anyMatch(split -> !imagesIn(beginning, split).isEmpty());
        }
        // Two zero bytes, which a text never begins with, the type, the number of dimensions.
        return beginning.startsWith(0, 0)
                && IdxHeader.isType(beginning.byteAt(2))
                && beginning.byteAt(3) >= 1
                && beginning.byteAt(3) <= 4;
    }

    static IdxFiles of(Storage storage, ImageSource source, FileStatus root) {
        Path images = root.isFile() ? root.getPath() : images(Beginning.of(storage, root), source.split());
        return new IdxFiles(images, labels(storage, images));
    }

    private static Path images(Beginning folder, Split split) {
        List<IdxName> found = imagesIn(folder, split);
        List<String> sets = found.stream().map(IdxName::set).distinct().toList();
        if (sets.size() > 1) {
            throw BadImages.in(
                    folder.root().getPath(),
                    "it holds " + sets.size() + " data sets: "
                            + String.join(
                                    ", ",
                                    found.stream()
                                            .map(name -> name.file().getName())
                                            .distinct()
                                            .toList()),
                    "Name the image file of one of them");
        }
        return found.stream()
                .findFirst()
                .map(IdxName::file)
                .orElseThrow(() -> absent(
                        folder.root().getPath(),
                        List.of(split.prefix() + "-images-idx3-ubyte", split.prefix() + "-images.idx3-ubyte.gz")));
    }

    /** The image files of a half in the folder, or in torchvision's below it; the plain one first, which can be split. */
    private static List<IdxName> imagesIn(Beginning folder, Split split) {
        List<IdxName> found = folder.content().stream()
                .flatMap(entry -> IdxName.ofImages(folder.storage(), entry).stream())
                .filter(name -> name.split() == split)
                .sorted(IdxName.PLAIN_FIRST)
                .toList();
        return found.isEmpty()
                ? folder.in(TORCHVISION)
                        .filter(Beginning::isFolder)
                        .map(raw -> imagesIn(raw, split))
                        .orElse(List.of())
                : found;
    }

    private static Path labels(Storage storage, Path images) {
        List<String> names = IdxName.withAndWithoutGz(IdxName.ofLabels(images.getName()));
        Path folder = images.getParent();
        // In Kaggle's archive each file lies in a folder of its own name.
        boolean isOwn = IdxName.withoutGz(folder.getName()).equals(IdxName.withoutGz(images.getName()));
        return Stream.concat(Stream.of(folder), isOwn ? Stream.of(folder.getParent()) : Stream.empty())
                .flatMap(place -> names.stream().flatMap(name -> file(storage, Storage.in(place, name)).stream()))
                .findFirst()
                .orElseThrow(() -> absent(folder, names));
    }

    private static Optional<Path> file(Storage storage, Path path) {
        return storage.status(path).flatMap(entry -> IdxName.fileAt(storage, entry));
    }

    private static UserException absent(Path folder, List<String> names) {
        return BadImages.in(
                folder,
                "there is no " + names.get(0) + " or " + names.get(names.size() - 1) + " in it",
                "Put the file there, named so");
    }
}
