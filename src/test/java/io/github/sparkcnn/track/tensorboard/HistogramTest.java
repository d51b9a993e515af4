package io.github.sparkcnn.track.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tensorflow.framework.HistogramProto;

class HistogramTest {

    @Test
    void keepsTheMoments() {
        HistogramProto histogram = Histogram.of(new float[] {-2, 0, 0.5f, 3});

        assertThat(histogram.getNum()).isEqualTo(4);
        assertThat(histogram.getMin()).isEqualTo(-2);
        assertThat(histogram.getMax()).isEqualTo(3);
        assertThat(histogram.getSum()).isEqualTo(1.5);
        assertThat(histogram.getSumSquares()).isEqualTo(13.25);
    }

    @Test
    void countsEveryValueInTheBucketThatHoldsIt() {
        Random random = new Random(7);
        float[] values = new float[10_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        values[0] = 0;

        HistogramProto histogram = Histogram.of(values);

        double previous = -Double.MAX_VALUE;
        for (int i = 0; i < histogram.getBucketCount(); i++) {
            double limit = histogram.getBucketLimit(i);
            assertThat(limit).isGreaterThan(previous);
            assertThat(histogram.getBucket(i)).isEqualTo(countIn(values, previous, limit));
            previous = limit;
        }
        assertThat(histogram.getBucketList().stream()
                        .mapToDouble(count -> count)
                        .sum())
                .isEqualTo(10_000);
    }

    @Test
    void growsItsBucketsByTenPercent() {
        HistogramProto histogram = Histogram.of(new float[] {1});
        double width = histogram.getBucketLimit(1) / histogram.getBucketLimit(0);

        assertThat(histogram.getBucketList()).containsExactly(0.0, 1.0);
        assertThat(width).isCloseTo(1.1, within(1e-9));
    }

    @Test
    void refusesWhatNoBucketHolds() {
        assertThatThrownBy(() -> Histogram.of(new float[] {1, Float.NaN})).hasMessageContaining("NaN");
    }

    private static double countIn(float[] values, double from, double to) {
        int count = 0;
        for (float value : values) {
            count += value >= from && value < to ? 1 : 0;
        }
        return count;
    }
}
