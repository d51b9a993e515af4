package io.github.sparkcnn.stranger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.config.TrainingConfig;
import io.github.sparkcnn.data.augment.ImageAugmenter;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.network.schedule.LearningRateSchedule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.learning.config.AdaMax;

/** Parts in somebody else's jar are chosen by their names as ours are. */
class StrangersJarTest {

    @TempDir
    private Path folder;

    private StrangersJar jar;

    @BeforeEach
    void openJar() throws IOException {
        jar = StrangersJar.open(folder);
    }

    @AfterEach
    void closeJar() throws IOException {
        jar.close();
    }

    @Test
    void anOptimizerTakesAKeyOfItsOwn() {
        TrainingConfig training = read("training.optimizer { name = ada-max, learning-rate = 0.01, beta = 0.8 }");

        AdaMax updater = (AdaMax) training.optimizer().updater(0.5);
        assertThat(training.optimizer().learningRate()).isEqualTo(0.01);
        assertThat(updater.getLearningRate()).isEqualTo(0.5);
        assertThat(updater.getBeta1()).isEqualTo(0.8);
    }

    @Test
    void aScheduleIsWarmedUpAsOursAre() {
        TrainingConfig training = read(
                "training { optimizer.learning-rate = 0.2, schedule { name = inverse-root, warm-up-epochs = 1 } }");

        LearningRateSchedule rates = training.schedule().schedule().over(10);
        assertThat(rates.rate(0)).isCloseTo(0.2 / 3, within(1e-15));
        assertThat(rates.rate(30)).isEqualTo(0.1);
    }

    @Test
    void anAugmentationStandsBesideOurs() {
        TrainingConfig training =
                read("training.augmentation = [{name = flip, probability = 0}, {name = invert, probability = 1}]");

        ImageAugmenter augmenter = new ImageAugmenter(training.augmentation(), new ImageShape(1, 1, 2), 1);
        assertThat(augmenter.augment(new byte[] {0, 1}, 0, 0, 0)).containsExactly(-1, -2);
    }

    @Test
    void whatTheyRefuseReadsAsOurs() {
        assertRefused(
                "training.augmentation = [{name = invert, probability = 2}]",
                "Cannot use augmentation invert: training.augmentation[0].probability is 2. Set it to 0 to 1.");
        assertRefused(
                "training.schedule { name = inverse-root, epoch = 2 }",
                "Cannot use schedule inverse-root: training.schedule has an unknown key epoch. Did you mean epochs? Its keys"
                        + " are epochs, warm-up-epochs, warm-up-start.");
        assertRefused(
                "training.optimizer { name = ada-max, beeta = 0.8 }",
                "Cannot use the configuration: there is no key training.optimizer.beeta. Did you mean"
                        + " training.optimizer.beta? All keys are in conf/reference.conf.");
        assertRefused(
                "training.optimizer { name = ada-max, momentum = 0.9 }",
                "Cannot use the configuration: training.optimizer.momentum is 0.9, which nothing reads. Set it to 0.");
        assertRefused(
                "training.optimizer.name = ada-maxx",
                "Cannot use the configuration: training.optimizer.name is ada-maxx. Set it to one of ada-max, adam, sgd.");
    }

    private static void assertRefused(String experiment, String message) {
        assertThatThrownBy(() -> read(experiment))
                .isInstanceOf(UserException.class)
                .hasMessage(message);
    }

    private static TrainingConfig read(String experiment) {
        return ConfigurationReader.read("experiment.conf", experiment, List.of())
                .training();
    }
}
