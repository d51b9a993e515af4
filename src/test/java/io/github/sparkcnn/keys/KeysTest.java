package io.github.sparkcnn.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import io.github.sparkcnn.UserException;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class KeysTest {

    private static final Config DEFAULTS = ConfigFactory.parseString(
            "group { rate = 1, count = 2 }", ConfigParseOptions.defaults().setOriginDescription("the defaults"));

    @Test
    void namesTheWholePathAndTheValue() {
        Keys group = keys("group { rate = much, count = 1.5 }").under("group");

        assertRefused(
                () -> group.number("rate", Range.above(0)),
                "Cannot use the configuration: group.rate is much. Set it to a number.");
        assertRefused(
                () -> group.whole("count", 1),
                "Cannot use the configuration: group.count is 1.5. Set it to a whole number.");
        assertRefused(
                () -> group.string("none"), "Cannot use the configuration: group.none has no value. Set it to a text.");
    }

    @Test
    void aTimeHasItsUnit() {
        for (String good : new String[] {"5s", "5 s", "\"5 seconds\"", "1m", "500ms"}) {
            assertThat(keys("group.time = " + good).under("group").duration("time"))
                    .isPositive();
        }
        assertThat(keys("group.time = 5s").under("group").duration("time")).isEqualTo(Duration.ofSeconds(5));
        for (String bad : new String[] {"5", "\"5\"", "0.5", "\"5 \""}) {
            assertRefused(
                    () -> keys("group.time = " + bad).under("group").duration("time"),
                    "Cannot use the configuration: group.time is " + bad.replace("\"", "")
                            + ". Set it to a time with its unit, e.g. 60s.");
        }
    }

    @Test
    void refusesWhatNobodyHasReadButNotADefault() {
        Keys group = keys("group { cuont = 3 }").under("group");
        group.whole("count", 1);

        assertRefused(
                group::refuseUnknown,
                "Cannot use the configuration: there is no key group.cuont. Did you mean group.count? All keys are in"
                        + " conf/reference.conf.");
        assertThatCode(keys("group { count = 2 }").under("group")::refuseUnknown)
                .doesNotThrowAnyException();
        assertRefused(
                keys("group { count = 3 }").under("group")::refuseUnknown,
                "Cannot use the configuration: group.count is 3, which nothing reads. Set it to 2.");
    }

    @Test
    void aPartMayReadAKeyWithinAGroup() {
        Keys part = Keys.of("training.optimizer", Map.of("name", "mine", "decay", Map.of("rate", "much", "start", 1)))
                .ofPart("use optimizer mine");

        assertRefused(
                () -> part.number("decay.rate", Range.above(0)),
                "Cannot use optimizer mine: training.optimizer.decay.rate is much. Set it to a number above 0.");
        assertRefused(
                part::refuseUnknown,
                "Cannot use optimizer mine: training.optimizer has an unknown key decay.start."
                        + " Remove it: its keys are decay.rate.");
        assertThat(part.whole("decay.start", 0)).isEqualTo(1);
        assertThatCode(part::refuseUnknown).doesNotThrowAnyException();
    }

    @Test
    void knowsWhatTheUserGaveBeItTheDefaultsOwnValue() {
        assertThat(keys("group { rate = 1 }").under("group").isGiven("rate")).isTrue();
        assertThat(keys("group { rate = 1 }").under("group").isGiven("count")).isFalse();
        assertThat(keys("group { rate = 1 }").isGiven("group")).isTrue();
        assertThat(keys("other = 1").isGiven("group")).isFalse();
        assertThat(keys("group.new = 1").isGiven("group")).isTrue();
    }

    @Test
    void aPartsKeysAreThoseBesideItsName() {
        Keys part = keys("list = [{ name = crop, padding = 2, unset = null }]")
                .groups("list", "a list")
                .get(0)
                .ofPart("use augmentation crop");

        assertRefused(
                part::refuseUnknown,
                "Cannot use augmentation crop: list[0] has an unknown key padding. Remove it: it takes no key.");
        assertThat(part.whole("padding", 0)).isEqualTo(2);
        assertThat(part.number("unset", 0.5, Range.of(0, 1))).isEqualTo(0.5);
        assertThatCode(part::refuseUnknown).doesNotThrowAnyException();
    }

    private static Keys keys(String text) {
        return Keys.ofConfiguration(ConfigFactory.parseString(text).withFallback(DEFAULTS), DEFAULTS);
    }

    private static void assertRefused(ThrowingCallable reading, String message) {
        assertThatThrownBy(reading).isInstanceOf(UserException.class).hasMessage(message);
    }
}
