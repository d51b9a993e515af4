package io.github.sparkcnn.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.hocon.Setting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code --set} gives is what the user wrote. */
class SettingTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "D//train.csv",
                "runs/run#1/train.csv",
                "hdfs://namenode:8020/a b/train.csv",
                "run=1/train.csv",
                "${HOME}/train.csv",
                "\"quoted\".csv",
                "[2026]",
                "{a}",
                "[a]/[b]",
                "C:\\data\\train.csv",
                "a, b",
                "007",
                "1e5",
                "true",
                "été.csv",
            })
    void aPathIsTakenAsItStands(String path) {
        DataConfig data = read("data.train=" + path, "data.test=" + path).data();

        assertThat(data.train()).isEqualTo(path);
        assertThat(data.test()).contains(path);
        assertThat(read("network.pretrained=" + path).network().pretrained()).contains(path);
    }

    @Test
    void nullTakesAValueAway() {
        assertThat(read("data.test=x.csv", "data.test=null").data().test()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "[C++,C#,Java] | C++;C#;Java",
                "[ a b , //c , ${d} , ] | a b;//c;${d}",
                "[\"a, b\", \"say \\\"x\\\"\", 5\" disk] | a, b;say \"x\";5\" disk",
                "[a=b, f(x), g[1]] | a=b;f(x);g[1]",
                "[007, 1, -3] | 007;1;-3",
            })
    void aListHasTextsAsTheyStand(String list, String elements) {
        assertThat(ConfigFactory.parseMap(read("data.labels=" + list).effective())
                        .getStringList("data.labels"))
                .hasSameSizeAs(elements.split(";", -1));
        assertThat(Setting.parse("data.labels=" + list).config(false).getStringList("data.labels"))
                .containsExactly(elements.split(";", -1));
    }

    @Test
    void aClassMayBeWrittenWithDots() {
        Configuration configuration =
                ConfigurationReader.read("test", "data.labels = { \".a\" = first, \"b.\" = second }", List.of());

        assertThat(configuration.flat())
                .containsEntry("data.labels.\".a\"", "first")
                .containsEntry("data.labels.\"b.\"", "second");
        assertThat(configuration.renderOverrides()).contains("data.labels.\".a\"=first");
    }

    @Test
    void anotherOptimizerStandsInTheKeysPlace() {
        Configuration configuration = read("data.test=null").withOptimizer("of the definition");

        assertThat(configuration.flat())
                .containsEntry("training.optimizer", "of the definition")
                .doesNotContainKey("training.optimizer.name");
        assertThat(configuration.training().optimizer())
                .isEqualTo(read("data.test=null").training().optimizer());
    }

    @Test
    void numbersAndGroupsKeepTheirTypes() {
        Configuration configuration = read(
                "training.epochs=7",
                "training.optimizer.learning-rate=1e-2",
                "training.drop-last=true",
                "data.resize=[20, 30]",
                "training.augmentation=[{name=flip}, {name=crop, padding=2}]",
                "training.schedule={name=multi-step, milestones=[2, 4]}",
                "training.averaging-timeout=2 minutes");

        assertThat(configuration.flat())
                .containsEntry("training.epochs", 7)
                .containsEntry("training.optimizer.learning-rate", 0.01)
                .containsEntry("training.drop-last", true)
                .containsEntry("data.resize", List.of(20, 30))
                .containsEntry(
                        "training.augmentation", List.of(Map.of("name", "flip"), Map.of("name", "crop", "padding", 2)))
                .containsEntry("training.schedule.milestones", List.of(2, 4));
        assertThat(configuration.training().averagingTimeout()).hasMinutes(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data.train= | Cannot use --set data.train=: data.train has no value. Give it one; null takes a value away.",
                "training.epochs=  | Cannot use --set training.epochs=: training.epochs has no value. Give it one; null takes a value away.",
                "training.sch${x}=1 | Cannot use --set training.sch${x}=1: training.sch${x} is no key. All keys are in conf/reference.conf.",
                "..=1 | Cannot use --set ..=1: .. is no key. All keys are in conf/reference.conf.",
                "=1 | Cannot use --set =1: it has no KEY=VALUE. Write e.g. --set training.epochs=3.",
                "a=o[b] | Cannot use the configuration: there is no key a. All keys are in conf/reference.conf.",
                "training.epochs=10//2 | Cannot use the configuration: training.epochs is 10//2. Set it to a whole number.",
                "training.epochs=3 # passes | Cannot use the configuration: training.epochs is 3 # passes. Set it to a whole number.",
                "training.seed=${training.epochs} | Cannot use the configuration: training.seed is ${training.epochs}. Set it to a whole number.",
                "data.labels=[a,,b] | Cannot use --set data.labels=[a,,b]: its value is no list or group: element 2 is empty. Put texts in it in double quotes.",
                "data.labels=[a{,b] | Cannot use --set data.labels=[a{,b]: its value is no list or group: its brackets or quotes do not match. Put texts in it in double quotes.",
                "data={train=D//x} | Cannot use --set data={train=D//x}: its value is no list or group: ",
                "data=x.csv | Cannot use the configuration: data is a group of keys. Set one of them, e.g. data.",
            })
    void refuses(String setting, String message) {
        assertThatThrownBy(() -> read(setting))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith(message);
        assertThatThrownBy(() -> read(setting))
                .extracting(Throwable::getMessage)
                .asString()
                .hasLineCount(1);
    }

    /** Quotes in a file say what the user means: whoever reads a text there has to get it from a setting as it stands. */
    @ParameterizedTest
    @MethodSource("keysThatAreNoLists")
    void aTextInBracketsIsNoListToAKeyThatIsAText(String key) {
        Optional<Object> ofFile = value(() -> ConfigurationReader.read("x.conf", key + " = \"[1]\"", List.of()), key);

        ofFile.ifPresent(text ->
                assertThat(value(() -> read(key + "=[1]"), key)).contains(text));
    }

    static List<String> keysThatAreNoLists() {
        return ConfigurationReader.reference().root().entrySet().stream()
                .flatMap(group -> leaves(group.getKey(), group.getValue()))
                .filter(key -> !key.equals("data.columns.image")) // one or a list
                .toList();
    }

    private static Stream<String> leaves(String path, ConfigValue value) {
        if (value instanceof ConfigObject group) {
            return group.entrySet().stream()
                    .flatMap(entry -> leaves(ConfigUtil.joinPath(path, entry.getKey()), entry.getValue()));
        }
        return value instanceof ConfigList ? Stream.of() : Stream.of(path);
    }

    private static Optional<Object> value(Supplier<Configuration> reading, String key) {
        try {
            Config effective = ConfigFactory.parseMap(reading.get().effective());
            return Optional.of(effective.getAnyRef(key));
        } catch (UserException e) {
            return Optional.empty();
        }
    }

    private static Configuration read(String... settings) {
        return ConfigurationReader.read("the defaults", "", List.of(settings));
    }
}
