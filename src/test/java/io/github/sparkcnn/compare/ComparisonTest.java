package io.github.sparkcnn.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.TrainingConfig.Strategy;
import io.github.sparkcnn.track.WorkerTimes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComparisonTest {

    /** Epochs of 9, 4 and 6 seconds: the median after the first is 5. */
    private static final Measurement ONE = measurement(1, List.of(), 9, 4, 6);

    /** 2 seconds, of which the workers compute 1.5 on average, average 0.1 and wait 0.2. */
    private static final Measurement FOUR = measurement(
            4, List.of(new WorkerTimes(1.5, 0.1, 0.1, 0.1), new WorkerTimes(1.3, 0.1, 0.3, 0.1)), 8, 2, 2, 2);

    @Test
    void speedIsTheMedianAfterTheFirstEpoch() {
        Comparison.Row row = ONE.against(ONE, 0.85);

        assertThat(row.seconds()).isEqualTo(5);
        assertThat(row.imagesPerSecond()).isEqualTo(200);
        assertThat(row.speedUp()).isEqualTo(1);
        assertThat(row.efficiency()).isEqualTo(1);
        assertThat(row.shares()).isNull();
    }

    @Test
    void efficiencyIsSpeedUpAWorker() {
        Comparison.Row row = FOUR.against(ONE, 0.85);

        assertThat(row.speedUp()).isEqualTo(2.5);
        assertThat(row.efficiency()).isEqualTo(2.5 / 4);
    }

    @Test
    void timeGoesToTheMeanWorkersPartsAndTheRest() {
        Comparison.Shares shares = FOUR.against(ONE, 0.85).shares();

        assertThat(shares.compute()).isCloseTo(0.75, within(1e-12));
        assertThat(shares.averaging()).isCloseTo(0.05, within(1e-12));
        assertThat(shares.waiting()).isCloseTo(0.1, within(1e-12));
        assertThat(shares.other()).isCloseTo(0.1, within(1e-12));
    }

    @Test
    void theTargetIsReachedAtTheEndOfAnEpoch() {
        assertThat(ONE.against(ONE, 0.75).secondsToTarget()).isEqualTo(13);
        assertThat(ONE.against(ONE, 0.95).secondsToTarget()).isNull();
        assertThat(ONE.against(ONE, 0.95).accuracy()).isEqualTo(0.875);
    }

    @Test
    void theTableHasALineARowAndSaysWhatIsNotKnown() {
        Comparison comparison = new Comparison(0.85, List.of(ONE.against(ONE, 0.85), FOUR.against(ONE, 0.85)));

        assertThat(comparison.text()).startsWith("""
                strategy    workers  s/epoch  images/s  speed-up  efficiency  accuracy  s to 0.85  compute  averaging  \
                waiting   other  peak MB
                all-reduce        1     5.00       200      1.00        1.00    0.8750       19.0        -          -  \
                      -       -       64
                all-reduce        4     2.00       500      2.50        0.63    0.9375       12.0   75.0 %      5.0 %  \
                 10.0 %  10.0 %       64
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1,", "1,two", "-1", "1;2", "99999999999"})
    void refusesWorkersThatAreNoNumbers(String workers) {
        assertThatThrownBy(() -> ComparisonPlan.parse("all-reduce", workers, 0.85))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot compare: --workers is " + workers
                        + ". Give numbers of 1 or more with commas between them, e.g. 1,2,4.");
    }

    @Test
    void refusesAStrategyWithoutWorkersATargetAboveOneAndMoreWorkersThanSlots() {
        assertThatThrownBy(() -> ComparisonPlan.parse("local", "1", 0.85))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot compare strategies: --strategies names local."
                        + " Name one or more of all-reduce,dl4j-averaging.");
        assertThatThrownBy(() -> ComparisonPlan.parse("all-reduce", "1", 85))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot compare: --target is 85.0.");
        assertThatThrownBy(
                        () -> ComparisonPlan.parse("all-reduce", "1,64", 0.85).on(2))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot compare with 64 workers: the cluster has 2 slots. Lower --workers");
    }

    @Test
    void comparesOneWorkerWithAllSlotsByDefault() {
        assertThat(ComparisonPlan.parse("dl4j-averaging,all-reduce", "", 0.85).on(8))
                .isEqualTo(
                        new ComparisonPlan(List.of(Strategy.DL4J_AVERAGING, Strategy.ALL_REDUCE), List.of(1, 8), 0.85));
        assertThat(ComparisonPlan.parse("all-reduce", "", 0.85).on(1).workers()).containsExactly(1);
    }

    /** Of 1000 images an epoch, with an accuracy that halves its distance to 1 from 0.5 on. */
    private static Measurement measurement(int workers, List<WorkerTimes> times, double... seconds) {
        List<Comparison.Epoch> epochs = new ArrayList<>();
        for (int i = 0; i < seconds.length; i++) {
            epochs.add(
                    new Comparison.Epoch(i + 1, 1000, seconds[i], 1000 / seconds[i], 1 - Math.pow(0.5, i + 1), times));
        }
        return new Measurement("all-reduce", workers, epochs, Optional.of(64_000_000L));
    }
}
