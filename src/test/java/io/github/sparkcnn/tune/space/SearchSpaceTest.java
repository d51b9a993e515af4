package io.github.sparkcnn.tune.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.UserException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchSpaceTest {

    private static final String RATE = "training.optimizer.learning-rate";
    private static final String BATCH = "training.batch-size";

    private static final SearchSpace SPACE = SearchSpace.parse("space.conf", """
            training {
              optimizer.learning-rate = { from = 1e-4, to = 1e-1, scale = log }
              batch-size = [32, 64, 128]
            }
            """);

    @Test
    void aTrialIsTheSameHoweverManyThereAre() {
        List<Map<String, String>> many = SPACE.draw(7, 50);

        assertThat(SPACE.draw(7, 5)).isEqualTo(many.subList(0, 5));
        assertThat(many).doesNotHaveDuplicates();
        assertThat(SPACE.draw(8, 5)).doesNotContainAnyElementsOf(many);
    }

    @Test
    void aKeysValuesDoNotDependOnTheOtherKeys() {
        SearchSpace alone = SearchSpace.parse("other.conf", RATE + " = { from = 1e-4, to = 1e-1, scale = log }");

        assertThat(alone.draw(7, 20).stream().map(trial -> trial.get(RATE)))
                .isEqualTo(
                        SPACE.draw(7, 20).stream().map(trial -> trial.get(RATE)).toList());
    }

    @Test
    void theLogarithmIsUniform() {
        double[] rates = SPACE.draw(1, 3000).stream()
                .mapToDouble(trial -> Double.parseDouble(trial.get(RATE)))
                .toArray();

        // Three powers of ten, a third of 3000 in each, give or take five standard deviations: 5 √(3000 · 2/9) = 129.
        for (double from : new double[] {1e-4, 1e-3, 1e-2}) {
            long inPower = Arrays.stream(rates)
                    .filter(rate -> rate >= from && rate < 10 * from)
                    .count();
            assertThat(inPower).isBetween(871L, 1129L);
        }
        assertThat(Arrays.stream(rates)).allMatch(rate -> rate >= 1e-4 && rate <= 1e-1);
    }

    @Test
    void everyChoiceAndEveryWholeNumberIsAsLikely() {
        SearchSpace space = SearchSpace.parse("space.conf", """
                training.epochs = { from = 2, to = 5, whole = true }
                training.seed = { from = 1, to = 1000000, whole = true }
                training.batch-size = [8, 16, 32, 64]
                """);
        List<Map<String, String>> trials = space.draw(3, 4000);

        // A quarter of 4000, give or take five standard deviations, 5 √(4000 · 1/4 · 3/4) = 137.
        for (String epochs : List.of("2", "3", "4", "5")) {
            assertThat(trials.stream()
                            .filter(trial -> trial.get("training.epochs").equals(epochs)))
                    .hasSizeBetween(863, 1137);
        }
        for (String batch : List.of("8", "16", "32", "64")) {
            assertThat(trials.stream().filter(trial -> trial.get(BATCH).equals(batch)))
                    .hasSizeBetween(863, 1137);
        }
    }

    @Test
    void wholeNumbersOnALogScaleHaveBothEnds() {
        SearchSpace space = SearchSpace.parse("s", "training.epochs = { from = 1, to = 4, scale = log, whole = true }");

        assertThat(space.draw(1, 4).stream().map(trial -> trial.get("training.epochs")))
                .containsExactlyInAnyOrder("1", "2", "3", "4");
    }

    @Test
    void valuesAreWrittenAsSettingsHaveThem() {
        SearchSpace space = SearchSpace.parse("s", """
                training.augmentation = [[], [{name = crop, padding = 2}]]
                training.optimizer = [{name = adam}, {name = sgd, momentum = 0.9}]
                network.name = [fashion-cnn]
                """);

        assertThat(space.extremes().stream().flatMap(trial -> SearchSpace.settings(trial).stream()))
                .contains(
                        "training.augmentation=[]",
                        "training.augmentation=[{\"name\":\"crop\",\"padding\":2}]",
                        "training.optimizer={\"name\":\"adam\"}",
                        "training.optimizer={\"momentum\":0.9,\"name\":\"sgd\"}",
                        "network.name=fashion-cnn");
    }

    @Test
    void theExtremesHaveEveryEndAndChoiceOnce() {
        assertThat(SPACE.extremes().stream().map(trial -> trial.get(RATE) + " " + trial.get(BATCH)))
                .containsExactly("0.0001 32", "0.0001 64", "0.0001 128", "0.1 32");
    }

    @Test
    void refusesMoreTrialsThanThereAre() {
        SearchSpace space = SearchSpace.parse("space.conf", BATCH + " = [32, 64]");

        assertThat(space.draw(1, 2)).hasSize(2);
        assertThatThrownBy(() -> space.draw(1, 3))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot draw 3 trials from space.conf: there are no more than 2 that differ."
                        + " Set --trials to 2 or widen the space.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "k.a = 32 | k.a is 32, neither a list nor a range. Give it choices, e.g. [32, 64], or a range",
                "k.a = [] | k.a is [], neither a list nor a range.",
                "k.a = null | k.a is null, neither a list nor a range.",
                "k { } | it has no key to search over. Write e.g. training.batch-size = [32, 64, 128].",
                "k.a = { from = 1 } | k.a.to has no value. Set it to a number.",
                "k.a = { from = x, to = 2 } | k.a.from is x. Set it to a number.",
                "k.a = { from = 2, to = 2 } | k.a goes from 2.0 to 2.0. Set k.a.to to more than from.",
                "k.a = { from = -1e308, to = 1e308 } | k.a goes from -1.0E308 to 1.0E308, which are more than 1.7976931348623157E308 apart. Set k.a.from and to to numbers that are closer together.",
                "k.a = { from = 0, to = 2, scale = log } | k.a.from is 0.0, which has no logarithm. Set it above 0, or k.a.scale to linear.",
                "k.a = { from = 1, to = 2, scale = cubic } | k.a.scale is cubic. Set it to one of linear, log.",
                "k.a = { from = 1, to = 2.5, whole = true } | k.a goes from 1.0 to 2.5 in whole numbers. Set from and to",
                "k.a = { from = 1, to = 2, step = 1 } | k.a has an unknown key step.",
            })
    void refuses(String text, String reason) {
        assertThatThrownBy(() -> SearchSpace.parse("space.conf", text))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot use space.conf: " + reason);
    }

    /** The last of 10,000 is not among as many draws more often than not, and the rare one of two is in one of 40,001. */
    @ParameterizedTest
    @ValueSource(longs = {2, 3})
    void drawsAllThatThereAre(long seed) {
        SearchSpace whole = SearchSpace.parse("space.conf", """
                k.a = { from = -49, to = 50, whole = true }
                k.b = { from = 1, to = 100, scale = log, whole = true }
                """);
        List<Map<String, String>> all = whole.draw(seed, 10_000);
        assertThat(all).doesNotHaveDuplicates().hasSize(10_000);
        assertThatThrownBy(() -> whole.draw(seed, 10_001)).hasMessageContaining("no more than 10000 that differ");

        SearchSpace rare = SearchSpace.parse("space.conf", "k.a = [" + "1, ".repeat(40_000) + "2]");
        assertThat(rare.draw(seed, 2).stream().map(trial -> trial.get("k.a"))).containsExactlyInAnyOrder("1", "2");
    }

    /** What was drawn before trials were counted: searches go on with it. */
    @Test
    void whatASeedDrawsStaysAsItWas() {
        assertThat(SPACE.draw(7, 2).stream().flatMap(trial -> SearchSpace.settings(trial).stream()))
                .containsExactly(BATCH + "=64", RATE + "=0.0877252", BATCH + "=128", RATE + "=0.0619417");
    }

    /** Of all of these HOCON takes the last, or merges them. A tilde is a new line. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "k.a = [1]~~k.a = [2] | line 3: k.a has been given in line 1",
                "k { a = [1]~}~k.a = [2] | line 3: k.a has been given in line 1",
                "k { a = [1]~~ a = { from = 1, to = 2 } } | line 3: k.a has been given in line 1",
                "k.a = { from = 1, to = 2 }~# k.a = [3]~k { \"a\" : [2] } | line 3: k.a has been given in line 1",
                "k.a { from = 1, to = 2 }~k.a.to = 3 | line 2: k.a.to has been given in line 1",
                "k.a = [1]~k.a.from = 1~k.a.to = 2 | line 2: k.a has been given in line 1",
                "k.a = [1]~~k.a += 2 | line 3: k.a has been given in line 1",
                "k.a = ${k.b} [1]~k.b = [2]~k.a = [3] | line 3: k.a has been given in line 1",
                "k.a = [{ b = 1 }~{ b = 2, c.d = 1, b = 3 }] | line 2: k.a[2].b has been given in line 2",
                "{ k.b = [\"}\", \"\"\"k.a = [\"\"\"],~k.a = [[], 1]~k.a = [2] } | line 3: k.a has been given in line 2",
            })
    void refusesAKeyThatIsGivenTwice(String text, String reason) {
        assertThatThrownBy(() -> SearchSpace.parse("space.conf", text.replace('~', '\n')))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot read space.conf: " + reason + ". Give it once.");
    }

    @Test
    void groupsMayComeInPartsAndListsHaveTheSameKeyInEachElement() {
        assertThat(SearchSpace.parse("s", """
                        k.rate.from = 1 # k.rate.from = 2
                        k { rate { to = 2 } }
                        k.rate { scale = log }
                        k.batch =
                          # of each worker
                          [32, 64] // k.batch = 1
                        k.other # a range
                        { from = 1, to = 2 }
                        k.more : // from = 3
                          { from = 3, to = 4 }
                        k.list = [{ name = a }, { name = b }
                          { name = c } ]
                        "k.rate" = ["k.list = [", "#"]
                        """).keys())
                .containsExactlyInAnyOrder("k.rate", "k.batch", "k.other", "k.more", "k.list", "\"k.rate\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"include \"other.conf\"", "include file(\"other.conf\")", "k { include \"a\" }"})
    void refusesAnInclude(String include) {
        assertThatThrownBy(() -> SearchSpace.parse("space.conf", "k.a = [1]\n" + include + "\nk.b = [2]"))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot read space.conf: line 2 includes another file. Write its keys here.");
    }

    @Test
    void refusesWhatIsNoHocon() {
        assertThat(Stream.of("a = [1", "a = ${b}"))
                .allSatisfy(text -> assertThatThrownBy(() -> SearchSpace.parse("space.conf", text))
                        .isInstanceOf(UserException.class)
                        .hasMessageStartingWith("Cannot read space.conf: "));
    }
}
