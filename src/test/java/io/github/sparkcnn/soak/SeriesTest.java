package io.github.sparkcnn.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SeriesTest {

    @Test
    void whatGrowsInTheFirstHalfAloneIsFlat() {
        Series series = series(20, 100);

        assertThat(series.growth()).isZero();
        assertThat(series.isFlat()).isTrue();
    }

    @Test
    void whatComesAndGoesIsFlat() {
        Series series = new Series(Figure.HEAP, "executor 1");
        for (int epoch = 5; epoch <= 200; epoch += 5) {
            series.add(epoch, epoch % 15 == 0 || epoch > 190 ? 50 : 40);
        }

        assertThat(series.growth()).isZero();
    }

    @Test
    void whatGrowsToTheEndIsNot() {
        Series series = series(Figure.HEAP.bound() * 1.5 / 100, 200);

        assertThat(series.growth()).isCloseTo(Figure.HEAP.bound() * 1.5, within(1e-9));
        assertThat(series.isFlat()).isFalse();
    }

    /** Two hundred epochs, the value growing by so much an epoch until the given one. */
    private static Series series(double growth, int until) {
        Series series = new Series(Figure.HEAP, "driver");
        for (int epoch = 5; epoch <= 200; epoch += 5) {
            series.add(epoch, growth * Math.min(epoch, until));
        }
        return series;
    }
}
