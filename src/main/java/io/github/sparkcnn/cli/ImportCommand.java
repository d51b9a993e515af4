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
        description = "Makes a model of weights from PyTorch: numpy.savez(FILE, **{k: v.numpy() for k, v in"
                + " net.state_dict().items()}).",
        mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {

    @Option(names = "--npz", required = true, paramLabel = "FILE", description = "The weights, a file of numpy.savez.")
    private String npz;

    @Option(names = "--network", required = true, paramLabel = "NAME", description = "As network.name.")
    private String network;

    @Option(
            names = "--output",
            required = true,
            paramLabel = "DIR",
            description = "The model's folder is written in it.")
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
            paramLabel = "LABEL",
            description = "The classes' names in the order of the outputs. Default: 0,1,…,9.")
    private List<String> labels =
            IntStream.range(0, 10).mapToObj(Integer::toString).toList();

    @Option(
            names = "--mean",
            defaultValue = "0",
            description = "Subtracted from x / 255 in training. Default: ${DEFAULT-VALUE}.")
    private double mean;

    @Option(
            names = "--deviation",
            defaultValue = "1",
            description = "Divided by in training after that. Default: ${DEFAULT-VALUE}.")
    private double deviation;

    @Override
    public Integer call() {
        Storage storage = new SparkApplication("sparkcnn import").storage();
        if (!(deviation > 0)) {
            throw new UserException("import " + npz, "--deviation is " + deviation, "Give a number above 0");
        }
        ModelCard card = ModelCard.unsaved(network, labels, ImageShape.parse(input), new PixelScale(mean, deviation));
        Path folder = new WeightsImportRun(storage, npz, storage.path(output)).execute(card);
        System.out.println("Model " + folder);
        return 0;
    }
}
