package io.github.sparkcnn.track.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxisTest {

    @Test
    void ticksAreAtRoundNumbers() {
        assertThat(Axis.around(0.13, 0.92, 5, 0, 100).ticks())
                .containsExactly(0.0, 0.2, 0.4, 0.6000000000000001, 0.8, 1.0);
        assertThat(Axis.around(-3, 4, 5, 0, 100).ticks()).containsExactly(-4.0, -2.0, 0.0, 2.0, 4.0);
    }

    /** Of files that were damaged: a page has to come to its end whatever is in them. */
    @ParameterizedTest
    @CsvSource({
        "1e16, 1.0000000000000002e16",
        "0, 4.9e-324",
        "-1.7e308, 1.7e308",
        "-1.7976931348623157e308, 0",
        "1.7976931348623157e308, 1.7976931348623157e308",
        "0, Infinity",
        "NaN, NaN",
    })
    @Timeout(20)
    void hasFewTicksWhateverTheValues(double low, double high) {
        assertThat(Axis.around(low, high, 5, 0, 100).ticks().count()).isLessThan(20);
        assertThat(Axis.ofWholes(low, high, 10, 0, 100).ticks().count()).isLessThan(40);
    }
}
