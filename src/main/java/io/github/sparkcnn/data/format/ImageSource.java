package io.github.sparkcnn.data.format;

import io.github.sparkcnn.config.DataConfig;
import java.util.Optional;

/**
 * Where images are read from, and how.
 *
 * @param path as the user wrote it: a CSV file, a folder of CSV parts, an IDX folder, an IDX image file,
 *     mnist.pkl.gz, {@code sample:train} or {@code sample:test}
 * @param setting the key or flag that gave the path, for messages: {@code data.train}, {@code --data}
 * @param split which half of an IDX folder; of mnist.pkl.gz the training or the validation images
 * @param format {@link ImageFormats#AUTO} or a format's name
 * @param classes labels are 0 … classes − 1
 */
public record ImageSource(
        String path, String setting, Split split, String format, DataConfig.Malformed malformed, int classes) {

    /** What a configuration says of its training images. */
    public static ImageSource train(DataConfig data) {
        return new ImageSource(
                data.train(), "data.train", Split.TRAIN, data.format(), data.malformed(), data.classes());
    }

    /** What a configuration says of its test images, if it has any. */
    public static Optional<ImageSource> test(DataConfig data) {
        return data.test()
                .map(path -> new ImageSource(
                        path, "data.test", Split.TEST, data.format(), data.malformed(), data.classes()));
    }
}
