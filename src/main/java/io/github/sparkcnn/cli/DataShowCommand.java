package io.github.sparkcnn.cli;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.cli.option.ImageOptions;
import io.github.sparkcnn.cli.option.SheetOptions;
import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.console.Console;
import io.github.sparkcnn.data.ContactSheetExport;
import io.github.sparkcnn.data.ImageReader;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.eval.MistakeSheet;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.predict.PredictionDevice;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code data show --data PATH [--format F] [--conf CONF] [--augmentation LIST] [--count N] --output FILE.png}, or with {@code --model DIR
 * [--explain]}.
 */
@Command(
        name = "show",
        description = "Draws the first images with their labels, or a model's mistakes among all of them, as a PNG.",
        mixinStandardHelpOptions = true)
final class DataShowCommand implements Callable<Integer> {

    @Mixin
    private ImageOptions images;

    @Mixin
    private SheetOptions sheet;

    @Option(
            names = "--split",
            paramLabel = "S",
            description =
                    "The half of a data set that has two: train or test. Default: train, and test with --model, as evaluate"
                            + " takes it.")
    private Split split;

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
        Configuration configuration = sheet.read(application.storage());
        if (count < 1) {
            throw new UserException("draw the images", "--count is " + count, "Ask for 1 image or more");
        }
        Path file = application.storage().path(output);
        if (sheet.model().isPresent()) {
            showMistakes(application, configuration, sheet.model().get(), file);
        } else {
            showFirst(application, configuration, file);
        }
        return 0;
    }

    private void showFirst(SparkApplication application, Configuration configuration, Path file) {
        Storage storage = application.storage();
        ImageSource source = images.source(half(Split.TRAIN), configuration.data());
        ContactSheetExport.Result drawn = application.run(
                spark -> new ContactSheetExport(new ImageReader(spark, storage), configuration, storage, file)
                        .execute(source, count));
        drawn.notices().forEach(System.out::println);
        System.out.println(drawn.file() + "  " + drawn.images() + " images of " + drawn.shape());
    }

    private void showMistakes(SparkApplication application, Configuration configuration, String model, Path file) {
        Console console = application.console();
        application.on(configuration.device());
        ImageSource source = images.source(half(Split.TEST), configuration.data());
        MistakeSheet.Wanted wanted = new MistakeSheet.Wanted(count, sheet.explained());
        MistakeSheet.Result found = application.run(spark -> new MistakeSheet(
                        spark,
                        application.storage(),
                        model,
                        PredictionDevice.of(configuration.device(), console::line),
                        file)
                .execute(source, wanted, console::line));
        console.line(
                found.mistakes() == 0
                        ? "No mistakes: the model is right on all " + found.images() + " images; " + file
                                + " is not written"
                        : file + "  " + found.drawn() + " of " + found.mistakes() + " mistakes in " + found.images()
                                + " images, the most confident first");
    }

    private Split half(Split usual) {
        return split == null ? usual : split;
    }
}
