package io.github.sparkcnn.cli.option;

import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.config.DataConfig;
import io.github.sparkcnn.console.NextCommands;
import io.github.sparkcnn.data.format.ImageFormats;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.format.Split;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The words {@code --data PATH [--format F]}. */
public final class ImageOptions {

    @Option(
            names = "--data",
            required = true,
            paramLabel = "PATH",
            description =
                    "The images, as data.test names them: a CSV, IDX, mnist.npz, CIFAR, mnist.pkl.gz, Parquet, ORC, Avro or JSON"
                            + " lines, a folder of parts, a folder or archive of images, table:NAME or sample:test.")
    private String path;

    @Option(
            names = "--format",
            paramLabel = "F",
            defaultValue = ImageFormats.AUTO,
            converter = FormatName.class,
            description = "The images' format: auto, cifar, csv, idx, images, npz, pickle, parquet, orc, avro or json."
                    + " Default: ${DEFAULT-VALUE}.")
    private String format;

    /** The images of the path, read as the keys say; of a data set with two halves this one. */
    public ImageSource source(Split split, DataConfig data) {
        return ImageSource.of(path, "--data", split, data).in(format);
    }

    /** The path and its format as they were given, read as the keys of this configuration say. */
    public NextCommands.Images given(Configuration configuration) {
        return new NextCommands.Images(path, format, configuration);
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
