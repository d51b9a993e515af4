package io.github.sparkcnn.track;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecondsTest {

    @ParameterizedTest
    @CsvSource({
        "8.34, 8.3 s, 8 s",
        "59.49, 59.5 s, 59 s",
        "59.5, 1 min 00 s, 1 min",
        "245, 4 min 05 s, 4 min",
        "270, 4 min 30 s, 5 min",
        "3599, 59 min 59 s, 1 h 00 min",
        "7620, 2 h 07 min, 2 h 07 min"
    })
    void durationsAndEstimates(double seconds, String text, String about) {
        assertThat(Seconds.text(seconds)).isEqualTo(text);
        assertThat(Seconds.about(seconds)).isEqualTo(about);
    }
}
