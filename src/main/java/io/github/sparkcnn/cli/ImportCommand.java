package io.github.sparkcnn.cli;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PixelScale;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.model.ModelCard;
import io.github.sparkcnn.model.npz.WeightsImportRun;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code import --npz FILE --network NAME --output DIR [--input CxHxW] [--labels A,B,…] [--mean M --deviation D]}. */
@Command(
        name = "import",
        description = {
            "Makes a model of weights from PyTorch.",
            "PyTorch writes them so: numpy.savez(FILE, **{k: v.numpy() for k, v in net.state_dict().items()})."
        },
        mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {

    @Option(names = "--npz", required = true, paramLabel = "FILE", description = "The weights: a file of numpy.savez.")
    private String npz;

    @Option(
            names = "--network",
            required = true,
            paramLabel = "NAME",
            description = "The network that the weights are of, as network.name.")
    private String network;

    @Option(
            names = "--output",
            required = true,
            paramLabel = "DIR",
            description = "The folder in which the model's folder is written.")
    private String output;

    @Option(
            names = "--input",
            defaultValue = "1x28x28",
            paramLabel = "CxHxW",
            description = "The shape of the images: channels, height, width. Default: ${DEFAULT-VALUE}.")
    private String input;

    @Option(
            names = "--labels",
            split = ",",
            paramLabel = "LABEL,LABEL,…",
            hideParamSyntax = true,
            description = "The classes' names in the order of the outputs. Default: 0,1,…,9.")
    private List<String> labels =
            IntStream.range(0, 10).mapToObj(Integer::toString).toList();

    @Option(
            names = "--mean",
            split = ",",
            defaultValue = "0",
            paramLabel = "M,M,…",
            hideParamSyntax = true,
            description =
                    "What was subtracted from x / 255 in training: one number, or one for each channel as 0.49,0.48,0.45."
                            + " Default: ${DEFAULT-VALUE}.")
    private List<Double> mean;

    @Option(
            names = "--deviation",
            split = ",",
            defaultValue = "1",
            paramLabel = "D,D,…",
            hideParamSyntax = true,
            description =
                    "What x / 255 less --mean was divided by in training: as many numbers. Default: ${DEFAULT-VALUE}.")
    private List<Double> deviation;

    @Override
    public Integer call() {
        SparkApplication application = new SparkApplication("sparkcnn import");
        Storage storage = application.storage();
        ImageShape shape = ImageShape.parse(input);
        ModelCard card = ModelCard.unsaved(network, labels, shape, scale(shape));
        Path folder = new WeightsImportRun(storage, npz, storage.path(output)).execute(card);
        System.out.println("Model " + folder);
        application
                .next()
                .ofImport(storage, folder, shape.equals(ImageShape.MNIST))
                .forEach(System.out::println);
        return 0;
    }

    private PixelScale scale(ImageShape shape) {
        if (!deviation.stream().allMatch(value -> value > 0)) {
            throw new UserException("import " + npz, "--deviation is " + text(deviation), "Give a number above 0");
        }
        boolean isForEach = mean.size() == shape.channels() && deviation.size() == shape.channels();
        if (!isForEach && (mean.size() != 1 || deviation.size() != 1)) {
            throw new UserException(
                    "import " + npz,
                    "--mean is " + text(mean) + " and --deviation " + text(deviation) + ", the images are " + shape,
                    "Give one number for each, or one for each channel");
        }
        return new PixelScale(mean, deviation);
    }

    private static String text(List<Double> values) {
        return String.join(",", values.stream().map(String::valueOf).toList());
    }
}
