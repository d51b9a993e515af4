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
    /** Text without a mark: taken for it where no other format knows it. */
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
     * @throws UserException saying what it is, where it is of no format
     */
    public ImageFormat of(String name, Storage storage, FileStatus root) {
        Beginning beginning = Beginning.of(storage, root);
        if (!name.equals(AUTO)) {
            ImageFormat format = formats.named(name, KEY);
            if (name.equals(WITHOUT_MARK) && !beginning.isFolder() && !PlainText.isAt(beginning)) {
                throw UnknownFiles.ofFile(beginning);
            }
            return format;
        }
        return of(beginning).orElseThrow(() -> new UnknownFiles(beginning, this::of).refusal());
    }

    private Optional<ImageFormat> of(Beginning beginning) {
        return first(format -> !beginning.isFolder() && format.hasName(beginning.name()))
                .or(() -> first(format -> format.isAt(beginning)))
                .or(() -> PlainText.isAt(beginning) ? Optional.of(formats.named(WITHOUT_MARK, KEY)) : Optional.empty());
    }

    private Optional<ImageFormat> first(Predicate<ImageFormat> condition) {
        return formats.names().stream()
                .map(name -> formats.named(name, KEY))
                .filter(condition)
                .findFirst();
    }
}
