package io.github.sparkcnn.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RangeTest {

    @Test
    void namesTheUpperBoundToAValueAboveIt() {
        Range rate = Range.above(0).below(1e6);

        assertThat(rate.wanted(0)).isEqualTo("a number above 0");
        assertThat(rate.wanted(Double.NaN)).isEqualTo("a number above 0");
        assertThat(rate.wanted(1e9)).isEqualTo("a number above 0, below 1e6");
        assertThat(Range.atLeast(1).upTo(Integer.MAX_VALUE).wanted(3e9)).isEqualTo("1 or more, at most 2147483647");
        assertThat(Range.atLeast(0).finite().wanted(Double.POSITIVE_INFINITY)).isEqualTo("0 or more, finite");
    }

    @Test
    void namesBothBoundsInOneSentenceWhereItKnowsThem() {
        assertThat(Range.of(0.1, 10).wanted(11)).isEqualTo("0.1 to 10");
        assertThat(Range.between(0, 1).wanted(1)).isEqualTo("between 0 and 1");
        assertThat(Range.atLeast(0).below(1).saying("a number in [0, 1)").wanted(1))
                .isEqualTo("a number in [0, 1)");
    }

    @Test
    void keepsItsBounds() {
        assertThat(Range.of(0, 1).contains(0)).isTrue();
        assertThat(Range.of(0, 1).contains(1)).isTrue();
        assertThat(Range.between(0, 1).contains(0)).isFalse();
        assertThat(Range.between(0, 1).contains(1)).isFalse();
        assertThat(Range.above(0).contains(Double.POSITIVE_INFINITY)).isTrue();
        assertThat(Range.above(0).finite().contains(Double.POSITIVE_INFINITY)).isFalse();
        assertThat(Range.of(0, 1).contains(Double.NaN)).isFalse();
    }

    @Test
    void refusesAWrongValueInAConstructor() {
        assertThatThrownBy(() -> Range.above(0).below(1e6).require("learningRate", 1e9))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("learningRate is 1.0E9, not a number above 0, below 1e6");
    }
}
