package io.github.sparkcnn.data.sample;

import io.github.sparkcnn.config.DataConfig;
import io.github.sparkcnn.data.csv.CsvWriter;
import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.io.NamedOutput;
import io.github.sparkcnn.io.Storage;
import org.apache.hadoop.fs.Path;

/** The job {@code data sample}: {@code train.csv} and {@code test.csv}, as Kaggle writes them, in a folder. */
public final class SampleFiles {
    private static final String OUTPUT = "--output";

    private final DataConfig.Sample sample;
    private final Storage storage;
    private final Path folder;

    SampleFiles(DataConfig.Sample sample, Storage storage, Path folder) {
        this.sample = sample;
        this.storage = storage;
        this.folder = folder;
    }

    public static SampleFiles of(DataConfig.Sample sample, Storage storage, Path folder) {
        return new SampleFiles(sample, storage, folder);
    }

    /** What was written. */
    public record Result(Path train, Path test) {}

    /** Draws both, unless one of the two files is there already. */
    public Result execute() {
        Path train = new Path(folder, "train.csv");
        Path test = new Path(folder, "test.csv");
        new NamedOutput(storage, train, OUTPUT).requireNewFile();
        new NamedOutput(storage, test, OUTPUT).requireNewFile();
        return new Result(
                write(train, Split.TRAIN, sample.trainImages()), write(test, Split.TEST, sample.testImages()));
    }

    private Path write(Path file, Split split, int images) {
        CsvWriter.write(storage, file, SampleGarments.draw(split, images, sample.seed()));
        return file;
    }
}
