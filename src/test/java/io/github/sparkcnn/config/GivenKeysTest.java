package io.github.sparkcnn.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One text for an experiment and settings. */
class GivenKeysTest {

    private static final String EXPERIMENT = """
            data { train = "data//train#1.csv", test = here.csv, labels = { "a.b" = "Letter: b", c = c } }
            network.name = batch-norm-cnn
            training { optimizer.learning-rate = 0.001, epochs = 7, batch-size = ${training.epochs} }
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "training.epochs=9",
                "training.optimizer={name = sgd, momentum = 0.9}",
                "training.augmentation=[{name = crop, padding = 2}, {name = flip}]",
                "data.test=null",
                "data.train=a \"quoted\" // ${name}",
                "network.definition=net.json",
                "network={name = resnet, width = 8}",
                "data.labels=[C++, C#, \"a, b\"]",
                "device.kernels=dl4j",
                "training.total-batch-size=64",
                "training.workers={min = 1, max = 3}",
            })
    void givesTheSameConfigurationWithoutTheSettings(String setting) {
        Configuration expected = ConfigurationReader.read("test", EXPERIMENT, List.of(setting));

        String merged = ConfigurationReader.merged("test", EXPERIMENT, List.of(setting));

        Configuration read = ConfigurationReader.read("merged", merged, List.of());
        assertThat(read.effective()).isEqualTo(expected.effective());
        assertThat(read.training().isOptimizerGiven()).isTrue();
    }

    /** A saved model's optimizer holds where nobody gives one. */
    @Test
    void hasWhatWasGivenAndNothingElse() {
        String merged = ConfigurationReader.merged("test", "training.epochs = 20", List.of("training.batch-size=8"));

        assertThat(merged.replaceAll("\\s+", " ")).isEqualTo("training { batch-size=8 epochs=20 } ");
        assertThat(ConfigurationReader.read("merged", merged, List.of())
                        .training()
                        .isOptimizerGiven())
                .isFalse();
    }
}
