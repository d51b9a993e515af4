package io.github.sparkcnn.data.idx;

import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.io.Storage;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * The name of a file of IDX images: {@code train-images-idx3-ubyte}, {@code emnist-letters-test-images-idx3-ubyte.gz}.
 *
 * @param set what stands before the half: empty, {@code emnist-letters-}
 * @param split the half that the file holds
 */
record IdxName(Path file, String set, Split split) {

    private static final Pattern IMAGES = Pattern.compile("(.*?)(train|t10k|test)-images[-.]idx[34]-ubyte(?:\\.gz)?");
    private static final String GZ = ".gz";

    static final Comparator<IdxName> PLAIN_FIRST =
            Comparator.comparing(name -> name.file.getName().endsWith(GZ));

    /** Of a file, or of the one in a folder of its name, if they are named so. */
    static Optional<IdxName> ofImages(Storage storage, FileStatus entry) {
        Matcher name = IMAGES.matcher(entry.getPath().getName());
        return name.matches()
                ? fileAt(storage, entry)
                        .map(file -> new IdxName(
                                file, name.group(1), name.group(2).equals("train") ? Split.TRAIN : Split.TEST))
                : Optional.empty();
    }

    /** The file, or the only file of the same name in the folder. */
    static Optional<Path> fileAt(Storage storage, FileStatus entry) {
        if (entry.isFile()) {
            return Optional.of(entry.getPath());
        }
        String name = withoutGz(entry.getPath().getName());
        return storage.list(entry.getPath()).stream()
                .filter(inside ->
                        inside.isFile() && withoutGz(inside.getPath().getName()).equals(name))
                .map(FileStatus::getPath)
                .findFirst();
    }

    /** What the labels of an image file are called, without {@code .gz}. */
    static String ofLabels(String images) {
        return withoutGz(images).replace("images", "labels").replaceFirst("idx[34]", "idx1");
    }

    static List<String> withAndWithoutGz(String name) {
        return List.of(name, name + GZ);
    }

    static String withoutGz(String name) {
        return name.endsWith(GZ) ? name.substring(0, name.length() - GZ.length()) : name;
    }
}
