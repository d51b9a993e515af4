package io.github.sparkcnn.cli.option;

import io.github.sparkcnn.config.DataConfig;
import io.github.sparkcnn.data.ImageReader;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.io.Storage;
import java.util.Set;
import java.util.stream.Stream;

/** The images that an experiment names. */
public final class ExperimentData {

    private ExperimentData() {}

    /** Refuses paths at which there is nothing, before anything is printed and Spark starts. */
    public static void requireThere(Storage storage, DataConfig data) {
        requireThere(storage, data, Set.of());
    }

    /** The same but for those whose keys others decide. */
    public static void requireThere(Storage storage, DataConfig data, Set<String> others) {
        Stream.concat(Stream.of(ImageSource.train(data)), ImageSource.test(data).stream())
                .filter(source -> !others.contains(source.setting()))
                .forEach(source -> ImageReader.requireThere(storage, source));
    }
}
