package io.github.sparkcnn.cli;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PixelScale;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.kernel.Kernels;
import io.github.sparkcnn.model.ModelCard;
import io.github.sparkcnn.model.ModelFolder;
import io.github.sparkcnn.model.npz.WeightsFile;
import io.github.sparkcnn.network.Architectures;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.optimizer.Adam;
import io.github.sparkcnn.network.optimizer.Optimizer;
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

    /** Nobody trains with it before a configuration has said how. */
    private static final Optimizer OPTIMIZER = new Adam(0.001, 0);

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
        Path folder = new Path(storage.path(output), "model");
        storage.requireWritable(folder.getParent(), "--output");
        if (storage.exists(folder)) {
            throw new UserException("write " + folder, "it exists already", "Choose another --output or delete it");
        }
        if (!(deviation > 0)) {
            throw new UserException("import " + npz, "--deviation is " + deviation, "Give a number above 0");
        }
        ImageShape shape = ImageShape.parse(input);
        Kernels.wake();
        Network imported = Architectures.build(network, shape, labels.size(), OPTIMIZER, 0);
        WeightsFile.read(storage, npz, network, imported);
        PixelScale scale = new PixelScale(mean, deviation);
        ModelFolder.save(storage, folder, imported, ModelCard.unsaved(network, labels, shape, scale));
        System.out.println("Model " + folder);
        return 0;
    }
}
