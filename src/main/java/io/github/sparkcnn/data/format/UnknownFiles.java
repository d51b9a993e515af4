package io.github.sparkcnn.data.format;

import io.github.sparkcnn.UserException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;

/** Says what a file or folder is that no format knows, and where in it there are images. */
final class UnknownFiles {
    private static final int SHOWN = 5;
    private static final String FORMATS =
            "Name images in one of the formats that data.format may be, or say which it is with data.format";

    private final Beginning beginning;
    private final Function<Beginning, Optional<ImageFormat>> formats;

    UnknownFiles(Beginning beginning, Function<Beginning, Optional<ImageFormat>> formats) {
        this.beginning = beginning;
        this.formats = formats;
    }

    UserException refusal() {
        return beginning.isFolder() ? ofFolder() : ofFile(beginning);
    }

    /** The mistake in a file of no format. */
    static UserException ofFile(Beginning file) {
        String kind = file.firstZipped()
                .map(entry -> "a zip archive that begins with " + entry)
                .or(file::kind)
                .orElseGet(() -> "binary data of no known kind, beginning " + file.firstBytes());
        String unwrapped = file.isCompressed() ? "inside its gzip stream it is " : "it is ";
        return BadImages.in(file.root().getPath(), unwrapped + kind, remedy(kind));
    }

    private static String remedy(String kind) {
        if (kind.contains("web page") || kind.contains("pointer")) {
            return "Download the file again, and look at it before you name it";
        }
        if (kind.contains("UTF-16")) {
            return "Save it as UTF-8";
        }
        return kind.contains("archive") || kind.contains("stream") ? "Unpack it, and name what was in it" : FORMATS;
    }

    private UserException ofFolder() {
        List<FileStatus> content = beginning.content();
        if (content.isEmpty()) {
            return BadImages.in(beginning.root().getPath(), "the folder is empty", "Name a folder with images");
        }
        List<String> known = content.stream()
                .filter(entry -> entry.isDirectory() && isKnown(entry))
                .limit(SHOWN)
                .map(entry -> entry.getPath().getName())
                .toList();
        return known.isEmpty()
                ? BadImages.in(
                        beginning.root().getPath(),
                        "the folder holds no images of a known format; in it are " + shown(content),
                        FORMATS)
                : BadImages.in(
                        beginning.root().getPath(),
                        "the images are in its folders " + String.join(", ", known),
                        "Name one of these folders");
    }

    private boolean isKnown(FileStatus folder) {
        return formats.apply(beginning.at(folder)).isPresent();
    }

    private String shown(List<FileStatus> content) {
        String first = content.stream().limit(SHOWN).map(this::described).collect(Collectors.joining(", "));
        return content.size() <= SHOWN ? first : first + " and " + (content.size() - SHOWN) + " more";
    }

    private String described(FileStatus entry) {
        String name = entry.getPath().getName();
        return entry.isDirectory()
                ? name + "/"
                : beginning
                        .at(entry)
                        .kind()
                        .map(kind -> name + " (" + kind + ")")
                        .orElse(name);
    }
}
