package io.github.sparkcnn.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.DeviceConfig.Precision;
import io.github.sparkcnn.config.TrainingConfig.Strategy;
import io.github.sparkcnn.config.hocon.HoconText;
import io.github.sparkcnn.kernel.ClassWeights;
import io.github.sparkcnn.kernel.update.GradientClipping;
import io.github.sparkcnn.network.FrozenLayers;
import io.github.sparkcnn.network.architecture.ResNet;
import io.github.sparkcnn.network.optimizer.Adam;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationReaderTest {

    @Test
    void aNetworkTakesKeysOfItsOwn() {
        assertThat(read("network { name = resnet, depth = 8 }", "network.width=4")
                        .network()
                        .architecture())
                .isEqualTo(new ResNet(8, 4));
        assertThatThrownBy(() -> read("network { name = fashion-cnn, depth = 8 }"))
                .hasMessage("Cannot use network fashion-cnn: network has an unknown key depth. Remove it: its keys are"
                        + " body-learning-rate, definition, frozen-layers, name, pretrained.");
    }

    @Test
    void aPlaceNamesANetworkOrGivesItsDefinitionAndTheLaterPlaceCounts() {
        assertThatThrownBy(() -> read("network { name = resnet, definition = my-net.json }"))
                .hasMessageStartingWith(
                        "Cannot use the configuration: network.name and network.definition are both set in")
                .hasMessageEndingWith("Remove one of them: a definition is a network of its own.");
        assertThatThrownBy(() -> read("", "network.name=resnet", "network.definition=my-net.json"))
                .hasMessageContaining("are both set in --set");
        assertThat(read("network.name = resnet", "network.definition=my-net.json")
                        .network()
                        .definition())
                .contains("my-net.json");
        assertThat(read("network.definition = my-net.json", "network.name=resnet")
                        .network())
                .extracting(NetworkConfig::name, NetworkConfig::definition)
                .containsExactly("resnet", Optional.empty());
    }

    @Test
    void knowsWhetherTheUserGaveAnOptimizer() {
        assertThat(read("").training().isOptimizerGiven()).isFalse();
        assertThat(read("training.optimizer.name = adam").training().isOptimizerGiven())
                .isTrue();
        assertThat(read("", "training.optimizer.momentum=0").training().isOptimizerGiven())
                .isTrue();
    }

    @Test
    void takesTheDefaultsWhereTheExperimentIsSilent() {
        Configuration configuration = read("training.epochs = 3");

        assertThat(configuration.training().epochs()).isEqualTo(3);
        assertThat(configuration.training().batch()).isEqualTo(new BatchSize(256, false));
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
    void aProcessorHasNoTensorCores() {
        assertThatThrownBy(() -> read("device.precision = tf32"))
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "Cannot use the configuration: device.precision is tf32, which are numbers of NVIDIA's GPUs,"
                                + " and device.backend is cpu. Set device.precision to float32 or bf16, or device.backend ="
                                + " cuda.");
        assertThat(read("device { precision = tf32, backend = cuda }").device().precision())
                .isEqualTo(Precision.TF32);
    }

    @Test
    void ncclIsBetweenTheGpusOfAllReduce() {
        assertThatThrownBy(() -> read("device.averaging = nccl, training.strategy = all-reduce"))
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "Cannot use the configuration: device.averaging is nccl, which is NVIDIA's library between GPUs,"
                                + " and device.backend is cpu. Set device.averaging = ring, or device.backend = cuda.");
        assertThatThrownBy(() -> read("device { averaging = nccl, backend = cuda }, training.strategy = local"))
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "Cannot use the configuration: device.averaging is nccl, and training.strategy is local, which"
                                + " does not average by it. Set training.strategy = all-reduce, or device.averaging = ring.");
        assertThat(read("device { averaging = nccl, backend = cuda }, training.strategy = all-reduce")
                        .device()
                        .averaging())
                .isEqualTo(DeviceConfig.Averaging.NCCL);
    }

    /** The key was called device.kernels once. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | device.kernels=torch",
                "'' | device={kernels=torch}",
                "device.kernels = torch | device.threads=1",
                "device { threads = 2, kernels = torch } | device.threads=1",
                "device.engine = dl4j | device.kernels=torch",
                "device.kernels = dl4j | device.engine=torch",
                "device.kernels = onednn | device.engine=torch"
            })
    void anEngineMayBeGivenByTheKeysFormerName(String experiment, String setting) {
        Configuration configuration = read(experiment, setting);

        assertThat(configuration.device().engine()).isEqualTo("torch");
        assertThat(configuration.flat()).containsEntry("device.engine", "torch").doesNotContainKey("device.kernels");
        assertThat(ConfigurationReader.sets("device.kernels=torch", "device.engine"))
                .isTrue();
    }

    /** In what a substitution refers to, and in what it is merged with. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "device = ${device} { kernels = torch } | device.threads=1",
                "device = ${?nothing} { kernels = torch, threads = 2 } | device.threads=1",
                "device.kernels = ${?nothing}, device.kernels = torch | device.threads=1",
                "device = ${device} { kernels = onednn } | device.engine=torch",
                "device = ${device} { engine = onednn } | device.kernels=torch",
                "device.kernels = torch, network.name = ${device.kernels} | network.name=fashion-cnn",
                "device.engine = torch, tracking.mlflow.run-name = ${device.kernels} | device.threads=1",
                "device.kernels = torch, tracking.mlflow.run-name = ${device.engine} | device.threads=1"
            })
    void soItMayWithSubstitutions(String experiment, String setting) {
        Configuration configuration = read(experiment, setting);

        assertThat(configuration.device().engine()).isEqualTo("torch");
        assertThat(configuration.flat()).doesNotContainKey("device.kernels");
        assertThat(ConfigurationReader.merged("experiment.conf", experiment, List.of(setting)))
                .doesNotContain("kernels");
        if (experiment.contains("run-name")) {
            assertThat(configuration.flat()).containsEntry("tracking.mlflow.run-name", "torch");
        }
    }

    @Test
    void aSubstitutionBringsInNoSecondName() {
        assertThatThrownBy(() -> read("device = ${device} { engine = dl4j, kernels = torch }"))
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "Cannot use the configuration: device.engine and device.kernels, its former name, are both set"
                                + " in experiment.conf. Remove the latter.");
    }

    @Test
    void onePlaceGivesAnEngineByOneName() {
        assertThatThrownBy(() -> read("device { engine = dl4j, kernels = torch }"))
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "Cannot use the configuration: device.engine and device.kernels, its former name, are both set"
                                + " in experiment.conf. Remove the latter.");
    }

    @Test
    void takesAPathFromAFlagWithoutQuotes() {
        assertThat(read("", "data.train=hdfs://namenode:8020/a b/train.csv")
                        .data()
                        .train())
                .isEqualTo("hdfs://namenode:8020/a b/train.csv");
    }

    @Test
    void aSeedHasSixtyFourBits() {
        assertThat(read("training.seed = -9223372036854775808").training().seed())
                .isEqualTo(Long.MIN_VALUE);
        assertThat(read("", "training.seed=9223372036854775807").training().seed())
                .isEqualTo(Long.MAX_VALUE);
        assertThat(read("training.seed = 1e3").training().seed()).isEqualTo(1000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "line 3",
                "# data//x",
                "x = \"data//x\"",
                "x = [a] # c",
                "x = {}//c",
                "x = \"\"\"a//b\n#c\"\"\"",
                "/// x"
            })
    void aCommentBehindABlankIsOne(String line) {
        assertThatCode(() ->
                        new HoconText("experiment.conf", "a = 1\n" + line.replace("line 3", "") + "\nb = 2").parse())
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data.train = D//train.csv | D//",
                "data.train = runs/run#1/train.csv | runs/run#",
                "data { train = a b//c } | b//",
                "data.train = a/#b | a/#",
            })
    void aCommentWithinAWordIsNone(String line, String cut) {
        assertThatThrownBy(() -> read("training.epochs = 3 // passes\n\n" + line))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot read experiment.conf: line 3: a comment begins within " + cut
                        + ". Put the text in double quotes, or a blank before the comment.");
    }

    @Test
    void aColumnOrAListOfThemHoldsTheImage() {
        assertThat(read("data.columns { image = photo, label = kind, keep = [id] }")
                        .data()
                        .columns())
                .isEqualTo(new DataConfig.Columns(List.of("photo"), Optional.of("kind"), Optional.of(List.of("id"))));
        assertThat(read("data.columns.image = [p1, p2]").data().columns())
                .isEqualTo(new DataConfig.Columns(List.of("p1", "p2"), Optional.empty(), Optional.empty()));
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
                "training.epoch = 3 | Cannot use the configuration: there is no key training.epoch. Did you mean"
                        + " training.epochs?",
                "training.optimizr.name = sgd | Cannot use the configuration: there is no key training.optimizr. Did"
                        + " you mean training.optimizer?",
                "zzz = 1 | Cannot use the configuration: there is no key zzz. All keys are in conf/reference.conf.",
                "training = 3 | Cannot use the configuration: training is a group of keys. Set one of them, e.g."
                        + " training.",
                "training.epochs = none | Cannot use the configuration: training.epochs is none. Set it to a whole"
                        + " number.",
                "training.epochs = 0 | Cannot use the configuration: training.epochs is 0. Set it to 1 or more.",
                "training.early-stopping.patience = -1 | Cannot use the configuration:"
                        + " training.early-stopping.patience is -1. Set it to 0 (off) or more.",
                "training.early-stopping.minimum-delta = -0.1 | Cannot use the configuration:"
                        + " training.early-stopping.minimum-delta is -0.1. Set it to 0 or more.",
                "training.strategy = ring | Cannot use the configuration: training.strategy is ring. Set it to one of"
                        + " local,",
                "training.optimizer.nesterov = true | Cannot use the configuration: there is no key"
                        + " training.optimizer.nesterov. Did you mean training.optimizer.name? All keys are in"
                        + " conf/reference.conf.",
                "training.optimizer.learning-rate = -1 | Cannot use the configuration:"
                        + " training.optimizer.learning-rate is -1.0. Set it to a number above 0.",
                "data.labels = [a] | Cannot use the configuration: data.labels is [a]. Set it to auto, or the names of"
                        + " 2 or more classes.",
                "data { test = x, validation-fraction = 0.1 } | Cannot use the configuration: data.validation-fraction"
                        + " is 0.1 and data.test is set. Set it to null, or data.test to null.",
                "data { test = x, validation-last = 5 } | Cannot use the configuration: data.validation-last is 5 and"
                        + " data.test is set. Set it to null, or data.test to null.",
                "data { validation-fraction = 0.1, validation-last = 5 } | Cannot use the configuration:"
                        + " data.validation-fraction is 0.1 and data.validation-last is set.",
                "data.validation-fraction = 1 | Cannot use the configuration: data.validation-fraction is 1.0. Set it"
                        + " to a number between 0 and 1.",
                "data.validation-fraction = 0 | Cannot use the configuration: data.validation-fraction is 0.0. Set it"
                        + " to a number between 0 and 1.",
                "data.labels = [a, b, c], training.class-weights = [1, 2] | Cannot use the configuration:"
                        + " training.class-weights is [1.0, 2.0]. Set it to 3 numbers, one for each of data.labels.",
                "training.class-weights = [1,1,1,1,1,1,1,1,1,0] | Cannot use the configuration: training.class-weights"
                        + " is [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0]. Set it to null, or a list of numbers"
                        + " above 0.",
                "training.gradient-clipping.norm = 0 | Cannot use the configuration: training.gradient-clipping.norm"
                        + " is 0.0. Set it to null, or a number above 0.",
                "training.gradient-clipping { norm = 1, value = 2 } | Cannot use the configuration:"
                        + " training.gradient-clipping.value is 2.0 and training.gradient-clipping.norm is set.",
                "data.resize = [28] | Cannot use the configuration: data.resize is [28]. Set it to null, or [HEIGHT,"
                        + " WIDTH] in pixels, e.g. [28, 28].",
                "data.shape = [2, 28, 28] | Cannot use the configuration: data.shape is [2, 28, 28]. Set it to null,"
                        + " [CHANNELS, HEIGHT, WIDTH] or [HEIGHT, WIDTH, CHANNELS] with 1 or 3 channels, e.g. [3, 32,"
                        + " 32].",
                "data.shape = [3, 99999, 99999] | Cannot use the configuration: data.shape is [3, 99999, 99999]. Set it to"
                        + " that of images with at most 8388607 values.",
                "tracking.explain = [3, 3] | Cannot use the configuration: tracking.explain is [3, 3]. Set it to null, or 1"
                        + " to 100 different numbers of test images, the first of which is 0.",
                "tracking.explain = [-1] | Cannot use the configuration: tracking.explain is [-1]. Set it to null, or 1",
                "tracking.explain = [] | Cannot use the configuration: tracking.explain is []. Set it to null, or 1",
                "data { train = x | Cannot read experiment.conf: line 1: Expecting close brace",
                "a=o[b] | Cannot read experiment.conf: line 1: Cannot concatenate object or list with a"
                        + " non-object-or-list",
                "..=1 | Cannot read experiment.conf: line 1: path has a leading, trailing, or two adjacent period",
                "training.seed = ${seed} | Cannot read experiment.conf: line 1: Could not resolve substitution to a"
                        + " value: ${seed}. Define what ${...} refers to.",
                "\"training.epochs\" = 3 | Cannot use the configuration: there is no key training.epochs. ",
                "training.\"sch${x}\" = 1 | Cannot use the configuration: there is no key training.sch${x}.",
                "data.train = \"\" | Cannot use the configuration: data.train is empty. Set it to a text.",
                "data.test = \" \" | Cannot use the configuration: data.test is empty. Set it to a text.",
                "data.labels = [a, \"\"] | Cannot use the configuration: data.labels is [a, ]. Set it to a list of"
                        + " texts that are not empty.",
                "training.seed = 99999999999999999999 | Cannot use the configuration: training.seed is"
                        + " 99999999999999999999. Set it to a whole number of 64 bits.",
                "training.seed = 1.5 | Cannot use the configuration: training.seed is 1.5. Set it to a whole number",
                "data.sample.seed = 1e30 | Cannot use the configuration: data.sample.seed is 1e30. Set it to a whole"
                        + " number of 64 bits.",
                "training.seed = one | Cannot use the configuration: training.seed is one. Set it to a whole number.",
            })
    void refuses(String experiment, String message) {
        assertThatThrownBy(() -> read(experiment))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "training.optimizer.learning-rate = 1e9 | training.optimizer.learning-rate is 1.0E9. Set it to a"
                        + " number above 0, below 1e6.",
                "training.optimizer.weight-decay = 1e999 | training.optimizer.weight-decay is Infinity. Set it to 0 or"
                        + " more, finite.",
                "training.optimizer { name = sgd, momentum = 1 } | training.optimizer.momentum is 1.0. Set it to a"
                        + " number in [0, 1).",
                "training.class-weights = [1,1,1,1,1,1,1,1,1,1e6] | training.class-weights is [1.0, 1.0, 1.0, 1.0,"
                        + " 1.0, 1.0, 1.0, 1.0, 1.0, 1000000.0]. Set it to null, or a list of numbers above 0, below 1e6.",
                "training.gradient-clipping.norm = 1e9 | training.gradient-clipping.norm is 1.0E9. Set it to null, or"
                        + " a number above 0, below 1e9.",
                "training.gradient-clipping.value = 2e9 | training.gradient-clipping.value is 2.0E9. Set it to null,"
                        + " or a number above 0, below 1e9.",
                "network { pretrained = x, body-learning-rate = 1e6 } | network.body-learning-rate is 1000000.0. Set"
                        + " it to a number above 0, below 1e6; network.frozen-layers freezes.",
                "training.early-stopping.minimum-delta = 1e999 | training.early-stopping.minimum-delta is Infinity."
                        + " Set it to 0 or more, finite.",
                "training.epochs = 3000000000 | training.epochs is 3000000000. Set it to 1 or more, at most"
                        + " 2147483647.",
                "data.train-images = 3000000000 | data.train-images is 3000000000. Set it to 1 or more, at most"
                        + " 2147483647.",
                "data.resize = [28, 2000] | data.resize is [28, 2000]. Set it to null, or [HEIGHT, WIDTH] in pixels of"
                        + " at most 1024, e.g. [28, 28].",
            })
    void namesTheUpperBound(String experiment, String message) {
        assertThatThrownBy(() -> read(experiment))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot use the configuration: " + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "training.schedule { name = step, epochs = 3000000000 } | Cannot use schedule step:"
                        + " training.schedule.epochs is 3000000000. Set it to a whole number of at least 1, at most"
                        + " 2147483647.",
                "training.schedule { name = one-cycle, final-divisor = 1e999 } | Cannot use schedule one-cycle:"
                        + " training.schedule.final-divisor is Infinity. Set it to a number of at least 1, finite.",
                "training.schedule { name = multi-step, milestones = [3, 2] } | Cannot use schedule multi-step:"
                        + " training.schedule.milestones is [3, 2]. Set it to epochs that rise, e.g. [10, 20].",
                "training.augmentation = [{name = random-erasing, smallest-area = 0.5, largest-area = 0.2}] | Cannot"
                        + " use augmentation random-erasing: training.augmentation[0].largest-area is 0.2 and"
                        + " training.augmentation[0].smallest-area is 0.5. Set it to 0.5 or more, or smallest-area to at"
                        + " most 0.2.",
                "training.augmentation = [{name = random-erasing, smallest-area = 0.5}] | Cannot use augmentation"
                        + " random-erasing: training.augmentation[0].largest-area is 0.33 and"
                        + " training.augmentation[0].smallest-area is 0.5. Set it to 0.5 or more, or smallest-area to at"
                        + " most 0.33.",
                "training.augmentation = [{name = affine, smallest = 1.5}] | Cannot use augmentation affine:"
                        + " training.augmentation[0].largest is 1.0 and training.augmentation[0].smallest is 1.5. Set it"
                        + " to 1.5 or more, or smallest to at most 1.0.",
                "training.schedule { name = multi-step, milestones = [3000000000] } | Cannot use schedule multi-step:"
                        + " training.schedule.milestones is 3000000000. Set it to epochs, e.g. [10, 20], at most"
                        + " 2147483647.",
                "training.augmentation = [{name = crop, padding = 3000000000}] | Cannot use augmentation crop:"
                        + " training.augmentation[0].padding is 3000000000. Set it to a whole number of at least 0, at"
                        + " most 2147483647.",
                "training.augmentation = [{name = rotation, degrees = 181}] | Cannot use augmentation rotation:"
                        + " training.augmentation[0].degrees is 181. Set it to 0 to 180.",
            })
    void namesTheUpperBoundOfAPartsKey(String experiment, String message) {
        assertThatThrownBy(() -> read(experiment))
                .isInstanceOf(UserException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "training.optimizer.name = adagrad | training.optimizer.name is adagrad. Set it to one of adam, sgd.",
                "training.optimizer.momentum = 0.9 | training.optimizer.momentum is 0.9 with optimizer adam. Set it to"
                        + " 0, or training.optimizer.name to sgd.",
                "training.augmentation = 3 | training.augmentation is 3. Set it to a list of groups, e.g. [{name ="
                        + " flip}].",
            })
    void refusesAWordThatNamesNothing(String experiment, String message) {
        assertThatThrownBy(() -> read(experiment))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot use the configuration: " + message);
    }

    @Test
    void aRecordCannotBeBuiltInvalid() {
        assertThatThrownBy(() -> new EarlyStoppingConfig(-1, 0, false)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Holdout(Optional.empty(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Adam(0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FrozenLayers(1, List.of("conv1"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ClassWeights(List.of(1.0, 0.0))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> GradientClipping.byNorm(0)).isInstanceOf(IllegalArgumentException.class);
        Configuration two = read("data.labels = [a, b]");
        TrainingConfig three = read("data.labels = [a, b, c], training.class-weights = [1, 2, 3]")
                .training();
        assertThatThrownBy(() -> new Configuration(
                        two.data(), two.network(), three, two.device(), two.tracking(), two.effective()))
                .isInstanceOf(IllegalArgumentException.class);
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
