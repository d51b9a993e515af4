package io.github.sparkcnn.data.format;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.keys.Registry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.hadoop.fs.FileStatus;

/** Finds the format of files: the one that {@code data.format} names, or the one that they show. */
public final class ImageFormats {

    /** The format that the files show. */
    public static final String AUTO = "auto";

    private static final String KEY = "data.format";
    /** Has no mark by which it could be recognised. */
    private static final String WITHOUT_MARK = "csv";

    private final Registry<ImageFormat> formats = Registry.of(ImageFormat.class, "image format");

    /** The words that may stand for a format. */
    public List<String> names() {
        List<String> names = new ArrayList<>(List.of(AUTO));
        names.addAll(formats.names());
        return List.copyOf(names);
    }

    /**
     * Refuses a name that no format has, before there are files.
     *
     * @throws UserException naming all that there are
     */
    public static void requireKnown(String name) {
        List<String> names = new ImageFormats().names();
        if (!names.contains(name)) {
            throw new UserException(
                    "use the configuration", KEY + " is " + name, "Set it to one of " + String.join(", ", names));
        }
    }

    /**
     * The format to read with: by the name of the file where one knows it, then by what is there.
     *
     * @param name {@link #AUTO} or a format's
     * @param root a file or folder that is there
     */
    public ImageFormat of(String name, Storage storage, FileStatus root) {
        if (!name.equals(AUTO)) {
            return formats.named(name, KEY);
        }
        return first(format -> format.hasName(root.getPath().getName()))
                .or(() -> first(format -> format.isAt(storage, root)))
                .orElseGet(() -> formats.named(WITHOUT_MARK, KEY));
    }

    private Optional<ImageFormat> first(Predicate<ImageFormat> condition) {
        return formats.names().stream()
                .map(name -> formats.named(name, KEY))
                .filter(condition)
                .findFirst();
    }
}
