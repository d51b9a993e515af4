package io.github.sparkcnn.train;

import io.github.sparkcnn.config.DataConfig;
import io.github.sparkcnn.data.CsvWriter;
import io.github.sparkcnn.data.Split;
import io.github.sparkcnn.data.sample.SampleGarments;
import io.github.sparkcnn.io.Storage;
import org.apache.hadoop.fs.Path;

/** Draws the sample into the run's folder where the configuration asks for it by name. */
final class SampleFiles {

    private static final String TRAIN = "sample:train";
    private static final String TEST = "sample:test";

    private SampleFiles() {}

    /** The configuration with files in place of {@code sample:train} and {@code sample:test}. */
    static DataConfig inPlaceOfNames(Storage storage, DataConfig data, Path output) {
        return data.withFiles(
                file(storage, data, data.train(), output), data.test().map(name -> file(storage, data, name, output)));
    }

    private static String file(Storage storage, DataConfig data, String name, Path output) {
        return switch (name) {
            case TRAIN ->
                draw(storage, data, Split.TRAIN, data.sample().trainImages(), new Path(output, "sample/train.csv"));
            case TEST ->
                draw(storage, data, Split.TEST, data.sample().testImages(), new Path(output, "sample/test.csv"));
            default -> name;
        };
    }

    private static String draw(Storage storage, DataConfig data, Split split, int images, Path file) {
        CsvWriter.write(
                storage, file, SampleGarments.draw(split, images, data.sample().seed()));
        return file.toString();
    }
}
