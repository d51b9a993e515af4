package io.github.sparkcnn.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.TrainingConfig.Strategy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationReaderTest {

    @Test
    void takesTheDefaultsWhereTheExperimentIsSilent() {
        Configuration configuration = read("training.epochs = 3");

        assertThat(configuration.training().epochs()).isEqualTo(3);
        assertThat(configuration.training().batchSize()).isEqualTo(256);
        assertThat(configuration.data().test()).isEmpty();
    }

    @Test
    void letsAFlagWinOverTheExperimentAndALaterFlagOverAnEarlier() {
        Configuration configuration =
                read("training.epochs = 3, training.seed = 5", "training.epochs=4", "training.epochs = 6");

        assertThat(configuration.training().epochs()).isEqualTo(6);
        assertThat(configuration.training().seed()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "training.workers=2 | true",
                "training.workers = 2 | true",
                "training={workers=2} | true",
                "training.workers=null | true",
                "training.epochs=2 | false",
                "training.workers-of-others=2 | false",
                "training={epochs=2} | false"
            })
    void tellsWhetherASettingGivesAKeyAValue(String setting, boolean sets) {
        assertThat(ConfigurationReader.sets(setting, "training.workers")).isEqualTo(sets);
    }

    @Test
    void takesAPathFromAFlagWithoutQuotes() {
        assertThat(read("", "data.train=hdfs://namenode:8020/a b/train.csv")
                        .data()
                        .train())
                .isEqualTo("hdfs://namenode:8020/a b/train.csv");
    }

    @Test
    void readsNamesInKebabCase() {
        assertThat(read("training.strategy = dl4j-averaging").training().strategy())
                .isEqualTo(Strategy.DL4J_AVERAGING);
    }

    @Test
    void saysWhichKeysDifferFromTheDefaults() {
        assertThat(read("training.epochs = 3", "network.name=fashion-cnn").renderOverrides())
                .isEqualTo("training.epochs=3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "training.epoch = 3 | Cannot use the configuration: there is no key training.epoch. Did you mean training.epochs?",
                "training.optimizr.name = sgd | Cannot use the configuration: there is no key training.optimizr. Did you mean training.optimizer?",
                "zzz = 1 | Cannot use the configuration: there is no key zzz. All keys are in conf/reference.conf.",
                "training = 3 | Cannot use the configuration: training is a group of keys. Set one of them, e.g. training.",
                "training.epochs = none | Cannot use the configuration: training.epochs is none. Set it to a whole number.",
                "training.epochs = 0 | Cannot use the configuration: training.epochs is 0. Set it to 1 or more.",
                "training.early-stopping.patience = -1 | Cannot use the configuration: training.early-stopping.patience is -1. Set it to 0 (off) or more.",
                "training.early-stopping.minimum-delta = -0.1 | Cannot use the configuration: training.early-stopping.minimum-delta is -0.1. Set it to 0 or more.",
                "training.strategy = ring | Cannot use the configuration: training.strategy is ring. Set it to one of local,",
                "training.optimizer.nesterov = true | Cannot use the configuration: there is no key training.optimizer.nesterov. Did you mean training.optimizer.name? All keys are in conf/reference.conf.",
                "training.optimizer.learning-rate = -1 | Cannot use the configuration: training.optimizer.learning-rate is -1.0. Set it to a number above 0.",
                "data.labels = [a] | Cannot use the configuration: data.labels is [a]. Set it to the names of 2 to 256 classes.",
                "data { test = x, validation-fraction = 0.1 } | Cannot use the configuration: data.validation-fraction is 0.1 and data.test is set. Set it to null, or data.test to null.",
                "data { test = x, validation-last = 5 } | Cannot use the configuration: data.validation-last is 5 and data.test is set. Set it to null, or data.test to null.",
                "data { validation-fraction = 0.1, validation-last = 5 } | Cannot use the configuration: data.validation-fraction is 0.1 and data.validation-last is set.",
                "data.validation-fraction = 1 | Cannot use the configuration: data.validation-fraction is 1.0. Set it to a number between 0 and 1.",
                "data.validation-fraction = 0 | Cannot use the configuration: data.validation-fraction is 0.0. Set it to a number between 0 and 1.",
                "training.class-weights = [1, 2] | Cannot use the configuration: training.class-weights is [1.0, 2.0]. Set it to 10 numbers, one for each of data.labels.",
                "training.class-weights = [1,1,1,1,1,1,1,1,1,0] | Cannot use the configuration: training.class-weights is [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0]. Set it to null, or a list of numbers above 0.",
                "training.gradient-clipping.norm = 0 | Cannot use the configuration: training.gradient-clipping.norm is 0.0. Set it to null, or a number above 0.",
                "training.gradient-clipping { norm = 1, value = 2 } | Cannot use the configuration: training.gradient-clipping.value is 2.0 and training.gradient-clipping.norm is set.",
                "data.resize = [28] | Cannot use the configuration: data.resize is [28]. Set it to null, or [HEIGHT, WIDTH] in pixels, e.g. [28, 28].",
                "data { train = x | Cannot read experiment.conf: String: 1: Expecting close brace",
            })
    void refuses(String experiment, String message) {
        assertThatThrownBy(() -> read(experiment))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void refusesAFlagWithoutAValue() {
        assertThatThrownBy(() -> read("", "training.epochs"))
                .hasMessage(
                        "Cannot use --set training.epochs: it has no KEY=VALUE. Write e.g. --set training.epochs=3.");
    }

    private static Configuration read(String experiment, String... settings) {
        return ConfigurationReader.read("experiment.conf", experiment, List.of(settings));
    }
}
