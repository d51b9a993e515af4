package io.github.sparkcnn.cli;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.DataConfig;
import io.github.sparkcnn.data.sample.SampleFiles;
import io.github.sparkcnn.io.Storage;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code data sample --output DIR}. */
@Command(
        name = "sample",
        description =
                "Draws the sample (ten kinds of garments, not Fashion-MNIST) as Kaggle CSVs train.csv and test.csv.",
        mixinStandardHelpOptions = true)
final class DataSampleCommand implements Callable<Integer> {

    @Option(names = "--output", required = true, paramLabel = "DIR", description = "The folder for the two files.")
    private String output;

    @Option(
            names = "--train-images",
            paramLabel = "N",
            defaultValue = "12000",
            description = "How many images train.csv has. Default: ${DEFAULT-VALUE}.")
    private int trainImages;

    @Option(
            names = "--test-images",
            paramLabel = "N",
            defaultValue = "2000",
            description = "How many images test.csv has. Default: ${DEFAULT-VALUE}.")
    private int testImages;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "What images are drawn from: the same seed draws the same. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Override
    public Integer call() {
        Storage storage = new SparkApplication("sparkcnn data sample").storage();
        Path folder = storage.path(output);
        requireImages("--train-images", trainImages);
        requireImages("--test-images", testImages);
        SampleFiles.Result drawn = SampleFiles.of(new DataConfig.Sample(trainImages, testImages, seed), storage, folder)
                .execute();
        System.out.println(drawn.train() + "  " + trainImages + " images");
        System.out.println(drawn.test() + "  " + testImages + " images");
        return 0;
    }

    private static void requireImages(String option, int images) {
        if (images < 1) {
            throw new UserException("draw the sample", option + " is " + images, "Ask for 1 image or more");
        }
    }
}
