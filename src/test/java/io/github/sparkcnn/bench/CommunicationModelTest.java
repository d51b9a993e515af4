package io.github.sparkcnn.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparkcnn.bench.CommunicationModel.Cluster;
import io.github.sparkcnn.bench.CommunicationModel.Training;
import io.github.sparkcnn.data.minibatch.MinibatchPlan;
import io.github.sparkcnn.image.PixelScale;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommunicationModelTest {

    /** 10 images/s of training, 100 of prediction. */
    private static final Training SMALL = new Training("small", 1_000_000, 10, 100, 1003, 600, 16, 5);

    /** No latency, no floor: what is left is 4 MB at 1 GB/s. */
    private static final Cluster FREE = new Cluster(Double.POSITIVE_INFINITY, 1e9, 0, 0, 0);

    /** As the trainer itself counts. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 64, 1003})
    void stepsAreThoseOfTheMinibatches(int workers) {
        MinibatchPlan plan = new MinibatchPlan(PixelScale.UNIT, 16, false, 1, List.of());
        List<Integer> shares = IntStream.range(0, workers)
                .mapToObj(rank -> SMALL.share(workers, rank))
                .toList();

        assertThat(shares.stream().mapToInt(share -> share).sum()).isEqualTo(1003);
        assertThat(SMALL.steps(workers, 0)).isEqualTo(plan.count(shares));
        assertThat(SMALL.averagings(workers)).isEqualTo(workers == 1 ? 0 : (int) Math.ceil(plan.count(shares) / 5.0));
    }

    /** 600 images are three batches: who has none predicts nothing. */
    @Test
    void testImagesAreDealtByBatches() {
        assertThat(IntStream.range(0, 4).map(rank -> SMALL.predictions(4, rank)))
                .containsExactly(1, 1, 1, 0);
        assertThat(IntStream.range(0, 2).map(rank -> SMALL.predictions(2, rank)))
                .containsExactly(2, 1);
    }

    @Test
    void anEpochIsThatOfTheSlowestWorker() {
        assertThat(FREE.epoch(SMALL, 1).seconds()).isEqualTo(100.3 + 6, within(1e-9));
        assertThat(FREE.epoch(SMALL, 4).steps()).isEqualTo(25.1, within(1e-9));
        assertThat(FREE.epoch(SMALL, 4).evaluation()).isEqualTo(2.56, within(1e-9));
        assertThat(FREE.epoch(SMALL, 4).averaging()).isEqualTo(4 * 2 * 0.75 * 4e-3, within(1e-9));
        assertThat(FREE.efficiency(SMALL, 4)).isEqualTo(106.3 / 4 / (25.1 + 2.56 + 0.024), within(1e-9));
    }

    /** Small vectors go by halving, whose steps are fewer, and large ones round the ring; so do those of few workers. */
    @Test
    void theCheaperExchangeIsTaken() {
        Cluster slow = new Cluster(Double.POSITIVE_INFINITY, 1e9, 1e-3, 0, 0);

        assertThat(slow.averaging(64, 1)).isEqualTo(12e-3, within(1e-6));
        assertThat(slow.averaging(65, 1)).isEqualTo(14e-3, within(1e-6));
        assertThat(slow.averaging(64, 1_000_000_000L)).isEqualTo(126e-3 + 126 / 64.0 * 4, within(1e-9));
        assertThat(slow.averaging(4, 1)).isEqualTo(6e-3, within(1e-6));
        assertThat(slow.averaging(1, 1)).isZero();
    }

    @Test
    void workersOfOneMachineShareItsProcessors() {
        assertThat(FREE.shared(64, 2).averaging(64, 1_000_000))
                .isEqualTo(32 * FREE.averaging(64, 1_000_000), within(1e-9));
        assertThat(FREE.shared(2, 2).averaging(2, 1_000_000)).isEqualTo(FREE.averaging(2, 1_000_000));
    }
}
