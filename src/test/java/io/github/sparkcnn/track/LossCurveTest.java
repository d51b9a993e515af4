package io.github.sparkcnn.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LossCurveTest {

    /** Of 60,000 images in steps of 256, the last of 96: the loss of a step is its number. */
    private static LossCurve seen(LossCurve curve, int from, int to) {
        for (int step = from; step <= to; step++) {
            curve.seen(step, images(step), lossSum(step));
        }
        return curve;
    }

    private static long images(int steps) {
        return Math.min(60_000, steps * 256L);
    }

    private static double lossSum(int steps) {
        return IntStream.rangeClosed(1, steps)
                .mapToDouble(step -> (double) step * (images(step) - images(step - 1)))
                .sum();
    }

    private static LossCurve whole(long spacing) {
        LossCurve curve = seen(new LossCurve(spacing, List.of()), 1, 235);
        curve.ended(235, 60_000, lossSum(235));
        return curve;
    }

    @Test
    void fiftyPointsAnEpochAreUsualForAnyNumberOfWorkers() {
        long spacing = LossCurve.spacing(Optional.empty(), 256, 60_000);

        assertThat(spacing).isEqualTo(1200);
        assertThat(LossCurve.spacing(Optional.empty(), 8 * 256, 60_000)).isEqualTo(spacing);
        assertThat(whole(spacing).points()).hasSize(50);
        assertThat(whole(spacing).points().get(0)).isEqualTo(new LossPoint(5, 1280, lossSum(5)));
    }

    @Test
    void everySoManyMinibatchesOfAWorkerIsAsManyImagesOfAll() {
        assertThat(LossCurve.spacing(Optional.of(10), 256, 60_000)).isEqualTo(2560);
        assertThat(LossCurve.spacing(Optional.of(10), 4 * 256, 60_000)).isEqualTo(10240);
        assertThat(whole(2560).points())
                .extracting(LossPoint::minibatches)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 24)
                        .mapToObj(i -> Math.min(235, 10 * i))
                        .toList());
    }

    @Test
    void thereAreAThousandAtMostAndNoneWhereTheyAreOff() {
        assertThat(LossCurve.spacing(Optional.of(1), 1, 10_000_000)).isEqualTo(10_000);
        assertThat(LossCurve.notice(Optional.of(1), 1, 10_000_000))
                .hasValue(
                        "tracking.loss-every = 1 would be more than 1000 points of the loss in an epoch: there are 1000"
                                + " at most");
        assertThat(LossCurve.notice(Optional.of(1), 256, 60_000)).isEmpty();
        assertThat(LossCurve.notice(Optional.empty(), 1, 10_000_000)).isEmpty();
        assertThat(LossCurve.notice(Optional.of(0), 1, 10_000_000)).isEmpty();
        assertThat(LossCurve.spacing(Optional.of(0), 256, 60_000)).isZero();
        assertThat(whole(0).points()).isEmpty();
        assertThat(new LossCurve(0, List.of(new LossPoint(1, 256, 1))).points())
                .as("resumed without them")
                .isEmpty();
        assertThat(LossCurve.spacing(Optional.empty(), 256, 7))
                .as("an epoch of few images")
                .isOne();
    }

    /** The oracle is the sum of the steps' losses. */
    @Test
    void theirMeansAreThoseOfTheImagesBetweenThem() {
        List<StepMetrics> steps = StepMetrics.of(3, whole(2560).points(), 470, step -> step / 10.0);

        assertThat(steps.get(1).loss()).isCloseTo((11 + 20) / 2.0, within(1e-9));
        assertThat(steps.get(1).learningRate()).isEqualTo(1.9);
        assertThat(steps.get(1).step()).isEqualTo(490);
        long before = 0;
        double sum = 0;
        for (StepMetrics step : steps) {
            assertThat(step.epoch()).isEqualTo(3);
            sum += step.loss() * (step.images() - before);
            before = step.images();
        }
        assertThat(before).isEqualTo(60_000);
        assertThat(sum / before).isCloseTo(lossSum(235) / 60_000, within(1e-9));
    }

    @Test
    void whoGoesOnInTheMiddlePutsTheSamePoints() {
        for (int cut : new int[] {1, 10, 123, 234, 235}) {
            LossCurve first = seen(new LossCurve(2560, List.of()), 1, cut);
            LossCurve second = seen(new LossCurve(2560, first.points()), cut + 1, 235);
            second.ended(235, 60_000, lossSum(235));

            assertThat(second.points()).isEqualTo(whole(2560).points());
        }
    }
}
