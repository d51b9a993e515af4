package io.github.sparkcnn.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.data.augment.ImageAugmenter;
import io.github.sparkcnn.image.Classes;
import io.github.sparkcnn.image.ImageShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The experiments in conf/ name keys, networks, schedules and augmentations that there are. */
class ExperimentsTest {

    @ParameterizedTest
    @MethodSource("experiments")
    void isValid(Path file) throws IOException {
        Configuration configuration = ConfigurationReader.read(file.toString(), Files.readString(file), List.of());

        LearningRateCourse.requireMeasured(configuration);
        ImageAugmenter.requireUsable(configuration.training().augmentation(), ImageShape.MNIST);
        assertThat(configuration.data().labels().map(Classes::size)).isIn(Optional.empty(), Optional.of(10));
    }

    static List<Path> experiments() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("conf"))) {
            return files.filter(file -> file.toString().endsWith(".conf"))
                    .sorted()
                    .toList();
        }
    }
}
