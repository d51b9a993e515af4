package io.github.sparkcnn.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.github.sparkcnn.UserException;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class KeysTest {

    private static final Config DEFAULTS = ConfigFactory.parseString("group { rate = 1, count = 2 }");

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
