package io.github.sparkcnn.data.sample;

import io.github.sparkcnn.config.DataConfig;
import io.github.sparkcnn.data.csv.CsvWriter;
import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.io.Storage;
import org.apache.hadoop.fs.Path;

/** The job {@code data sample}: {@code train.csv} and {@code test.csv}, as Kaggle writes them, in a folder. */
public final class SampleFiles {
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

    public Result execute() {
        return new Result(train(), test());
    }

    /** Draws the training images only. */
    public Path train() {
        return write("train.csv", Split.TRAIN, sample.trainImages());
    }

    /** Draws the test images only. */
    public Path test() {
        return write("test.csv", Split.TEST, sample.testImages());
    }

    private Path write(String name, Split split, int images) {
        Path file = new Path(folder, name);
        CsvWriter.write(storage, file, SampleGarments.draw(split, images, sample.seed()));
        return file;
    }
}
