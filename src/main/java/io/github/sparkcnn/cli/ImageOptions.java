package io.github.sparkcnn.cli;

import io.github.sparkcnn.data.format.ImageFormats;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The words {@code --data PATH [--format F]}. */
final class ImageOptions {

    @Option(
            names = "--data",
            required = true,
            paramLabel = "PATH",
            description =
                    "A CSV, a folder of CSV parts, IDX, mnist.pkl.gz, a folder or archive of images, or sample:test; as data.test.")
    private String path;

    @Option(
            names = "--format",
            paramLabel = "F",
            defaultValue = ImageFormats.AUTO,
            converter = FormatName.class,
            description = "auto, csv, idx, images or pickle. Default: ${DEFAULT-VALUE}.")
    private String format;

    String path() {
        return path;
    }

    String format() {
        return format;
    }

    /** Takes the names of the formats that there are, in capitals too. */
    private static final class FormatName implements ITypeConverter<String> {
        @Override
        public String convert(String word) {
            List<String> names = new ImageFormats().names();
            String name = word.toLowerCase(Locale.ROOT);
            if (!names.contains(name)) {
                throw new TypeConversionException(
                        "expected one of " + names + " (case-insensitive) but was '" + word + "'");
            }
            return name;
        }
    }
}
