package io.github.sparkcnn.cli;

import io.github.sparkcnn.cli.option.DataOptions;
import io.github.sparkcnn.cli.option.ImageOptions;
import io.github.sparkcnn.config.DataConfig;
import io.github.sparkcnn.data.CsvExport;
import io.github.sparkcnn.data.ImageReader;
import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.io.Storage;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code data csv --data PATH [--set data.KEY=VALUE]… --output FILE}. */
@Command(
        name = "csv",
        description = "Writes images of any format that train reads as one Kaggle CSV (.csv or .csv.gz).",
        mixinStandardHelpOptions = true)
final class DataCsvCommand implements Callable<Integer> {

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

    @Option(names = "--output", required = true, paramLabel = "FILE", description = "The CSV file to write.")
    private String output;

    @Override
    public Integer call() {
        SparkApplication application = new SparkApplication("sparkcnn data csv");
        Storage storage = application.storage();
        Path file = storage.path(output);
        DataConfig data = settings.read(storage).data();
        CsvExport.Result written = application.run(
                spark -> CsvExport.of(new ImageReader(spark, storage), images.source(split, data), storage, file)
                        .execute());
        written.notices().forEach(System.out::println);
        System.out.println(written.file() + "  " + written.images() + " images");
        return 0;
    }
}
