package io.github.sparkcnn.cli;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.cli.option.DataOptions;
import io.github.sparkcnn.cli.option.ImageOptions;
import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.data.ContactSheetExport;
import io.github.sparkcnn.data.ImageReader;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.io.Storage;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code data show --data PATH [--format F] [--conf CONF] [--augmentation LIST] [--count N] --output FILE.png}. */
@Command(
        name = "show",
        description = "Draws the first images with their labels as a PNG, to see that the data are read right.",
        mixinStandardHelpOptions = true)
final class DataShowCommand implements Callable<Integer> {

    @Mixin
    private ImageOptions images;

    @Mixin
    private DataOptions settings;

    @Option(
            names = "--split",
            defaultValue = "train",
            paramLabel = "S",
            description = "The half of a data set that has two: train or test. Default: ${DEFAULT-VALUE}.")
    private Split split;

    @Option(
            names = "--conf",
            paramLabel = "CONF",
            description =
                    "The experiment, a HOCON file, whose data.labels, data.resize, training.augmentation and training.seed"
                            + " hold. Default: those of conf/reference.conf.")
    private String conf;

    @Option(
            names = "--augmentation",
            paramLabel = "LIST",
            description =
                    "Draws each image also as training.augmentation = LIST makes it, e.g. '[{name=flip}]'. Default: as --conf"
                            + " says.")
    private String augmentation;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "40",
            description = "How many images are drawn at most. Default: ${DEFAULT-VALUE}.")
    private int count;

    @Option(names = "--output", required = true, paramLabel = "FILE", description = "The PNG file to write.")
    private String output;

    @Override
    public Integer call() {
        SparkApplication application = new SparkApplication("sparkcnn data show");
        Storage storage = application.storage();
        Configuration configuration = configuration(storage);
        if (count < 1) {
            throw new UserException("draw the images", "--count is " + count, "Ask for 1 image or more");
        }
        Path file = storage.path(output);
        ImageSource source = images.source(split, configuration.data());
        ContactSheetExport.Result drawn = application.run(
                spark -> new ContactSheetExport(new ImageReader(spark, storage), configuration, storage, file)
                        .execute(source, count));
        drawn.notices().forEach(System.out::println);
        System.out.println(drawn.file() + "  " + drawn.images() + " images of " + drawn.shape());
        return 0;
    }

    private Configuration configuration(Storage storage) {
        return settings.read(
                conf, storage, augmentation == null ? List.of() : List.of("training.augmentation=" + augmentation));
    }
}
