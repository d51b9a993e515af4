package io.github.sparkcnn.allreduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** The figures of averaging.md, in milliseconds, of the 1,746,078 floats of fashion-cnn with Adam. */
class AveragingCostTest {

    private static final long FLOATS = 1_746_078;
    private static final double GIGABIT = 1e9 / 8;

    @Test
    void onOneMachineLatencyAndProcessorCount() {
        assertThat(1e3 * AveragingCost.LOOPBACK.seconds(2, FLOATS)).isCloseTo(8.7, within(0.05));
        assertThat(1e3 * AveragingCost.LOOPBACK.seconds(4, FLOATS)).isCloseTo(13.7, within(0.05));
        assertThat(AveragingCost.LOOPBACK.seconds(1, FLOATS)).isZero();
    }

    @Test
    void aSlowNetworkDecides() {
        assertThat(1e3 * over(0.1 * GIGABIT).seconds(2, FLOATS)).isCloseTo(601.1, within(0.05));
        assertThat(1e3 * over(GIGABIT).seconds(2, FLOATS)).isCloseTo(60.5, within(0.05));
        // 256 chunks are shorter than a segment.
        assertThat(1e3 * over(10 * GIGABIT).ring(256, FLOATS)).isCloseTo(129.7, within(0.05));
    }

    @Test
    void manyWorkersHalve() {
        AveragingCost network = over(10 * GIGABIT);
        assertThat(network.seconds(4, FLOATS)).isEqualTo(network.ring(4, FLOATS));
        assertThat(network.seconds(256, FLOATS)).isEqualTo(network.halving(256, FLOATS));
        // 16 steps, and 255/128 of 7 MB at 0.84 GB/s.
        assertThat(1e3 * network.seconds(256, FLOATS)).isCloseTo(16 * 0.2 + 16.565, within(0.01));
    }

    /** By hand: 14 (6) steps of 0.2 ms, in the ring with an eighth of 400 kB at 1.25 GB/s, and 7/4 of that at 0.84 GB/s. */
    @Test
    void theFormulas() {
        AveragingCost network = over(10 * GIGABIT);
        double floats = 7 / 4.0 * 4e5 / 0.84e9;

        assertThat(network.ring(8, 100_000)).isEqualTo(14 * (0.2e-3 + 5e4 / 1.25e9) + floats, within(1e-12));
        assertThat(network.halving(8, 100_000)).isEqualTo(6 * 0.2e-3 + floats, within(1e-12));
        assertThat(network.halving(9, 0)).isEqualTo(8 * 0.2e-3, within(1e-12));
    }

    private static AveragingCost over(double network) {
        return new AveragingCost(AveragingCost.LOOPBACK.latency(), network, AveragingCost.LOOPBACK.processor());
    }
}
