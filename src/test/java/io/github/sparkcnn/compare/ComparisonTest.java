package io.github.sparkcnn.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.BatchSize;
import io.github.sparkcnn.config.TrainingConfig.Strategy;
import io.github.sparkcnn.track.WorkerTimes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComparisonTest {

    private static final Measurement.Averagings AVERAGINGS = new Measurement.Averagings(21_000_000, 2);

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

    /** 5 s of one worker, shared by four; 2 averagings an epoch of 2·3·0.2 ms and 2·3/4 of 84 MB at 0.84 GB/s. */
    @Test
    void theModelPredictsWhatAveragingLeavesOfTheIdeal() {
        double averaging = 2 * (6 * 0.2e-3 + 1.5 * 0.1);

        assertThat(FOUR.against(ONE, 0.85).predictedSpeedUp()).isCloseTo(5 / (5.0 / 4 + averaging), within(1e-12));
        assertThat(ONE.against(ONE, 0.85).predictedSpeedUp()).isCloseTo(1, within(1e-12));
        // Of the fewest, four, the model takes the averagings away first: 2 s − averaging, shared by 8/4 as many.
        Measurement eight = measurement(8, List.of(), 8, 2);
        double more = 2 * (14 * 0.2e-3 + 1.75 * 0.1);
        assertThat(eight.against(FOUR, 0.85).predictedSpeedUp())
                .isCloseTo(2 / ((2 - averaging) / 2 + more), within(1e-12));
    }

    @Test
    void nothingIsPredictedWhereTheDriverAveragesOrTheModelHasNothingLeft() {
        Measurement driver = measurement(4, ONE.epochs(), Optional.empty());
        Measurement large = measurement(2, ONE.epochs(), Optional.of(new Measurement.Averagings(10_000_000_000L, 100)));

        assertThat(driver.against(driver, 0.85).predictedSpeedUp()).isNull();
        assertThat(large.against(large, 0.85).predictedSpeedUp()).isNull();
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

        assertThat(comparison.text()).isEqualTo("""
                strategy        batch  workers  s/epoch  images/s  speed-up  efficiency  accuracy  s to 0.85  compute  \
                averaging  waiting   other  peak MB
                all-reduce  total 128        1     5.00       200      1.00        1.00    0.8750       19.0        -  \
                        -        -       -       64
                all-reduce  total 128        4     2.00       500      2.50        0.63    0.9375       12.0   75.0 %  \
                    5.0 %   10.0 %  10.0 %       64

                1,000 images an epoch. Seconds are of training, the median over the epochs after the first; speed-up is \
                against the first line of the same strategy and kind of batch.
                Batch: total, so many images a step of all workers together.
                """);
    }

    @Test
    void theTableTellsTheBatchOfEachWorkerFromThatOfAll() {
        Measurement each = new Measurement(
                "all-reduce", SameBatch.WORKER, 4, 512, ONE.epochs(), Optional.empty(), Optional.of(64_000_000L));
        Comparison comparison = new Comparison(0.95, List.of(FOUR.against(ONE, 0.95), each.against(each, 0.95)));

        assertThat(comparison.text().lines().map(line -> line.replaceAll(" +", " ")))
                .startsWith(
                        "strategy batch workers s/epoch images/s speed-up efficiency accuracy s to 0.95 compute averaging"
                                + " waiting other peak MB",
                        "all-reduce total 128 4 2.00 500 2.50 0.63 0.9375 - 75.0 % 5.0 % 10.0 % 10.0 % 64",
                        "all-reduce worker 128 4 5.00 200 1.00 1.00 0.8750 - - - - - 64")
                .endsWith(
                        "Batch: total, so many images a step of all workers together; worker, so many images a step of"
                                + " each worker.");
        assertThat(each.against(each, 0.85).totalBatchSize()).isEqualTo(512);
        assertThat(each.isComparable(FOUR)).isFalse();
        assertThat(FOUR.isComparable(ONE)).isTrue();
    }

    /** 500 images a second of four workers against 200 of one. */
    @Test
    void theFastestIsMadeAgainByItsSettings() {
        Measurement each = new Measurement(
                "all-reduce", SameBatch.WORKER, 4, 512, ONE.epochs(), Optional.empty(), Optional.empty());
        Comparison comparison = new Comparison(0.85, List.of(ONE.against(ONE, 0.85), FOUR.against(ONE, 0.85)));

        assertThat(comparison.fastest().workers()).isEqualTo(4);
        assertThat(comparison.fastest().folder()).isEqualTo("all-reduce-4-total");
        assertThat(comparison.fastest().settings())
                .containsExactly(
                        "training.strategy=all-reduce",
                        "training.workers=4",
                        "training.batch-size=null",
                        "training.total-batch-size=128");
        assertThat(each.against(each, 0.85).folder()).isEqualTo("all-reduce-4");
        assertThat(each.against(each, 0.85).settings())
                .endsWith("training.total-batch-size=null", "training.batch-size=128");
    }

    @Test
    void theSameTotalIsThatOfTheFewestWorkers() {
        assertThat(SameBatch.TOTAL.settings(new BatchSize(64, false), List.of(2, 4)))
                .containsExactly("training.batch-size=null", "training.total-batch-size=128");
        assertThat(SameBatch.TOTAL.settings(new BatchSize(100, true), List.of(1, 3)))
                .containsExactly("training.batch-size=null", "training.total-batch-size=100");
        assertThatThrownBy(() -> SameBatch.TOTAL.settings(new BatchSize(1, false), List.of(1, 2)))
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "Cannot compare 2 workers with the same total batch: training.batch-size is 1, so that a step"
                                + " has 1 image, less than one for each worker. Raise training.batch-size, lower --workers, or use"
                                + " --batch worker.");
    }

    @Test
    void theSameBatchOfEachWorkerIsTheExperimentsOwn() {
        assertThat(SameBatch.WORKER.settings(new BatchSize(64, false), List.of(2, 4)))
                .isEmpty();
        assertThat(SameBatch.WORKER.settings(new BatchSize(100, true), List.of(2, 4)))
                .containsExactly("training.total-batch-size=null", "training.batch-size=50");
        assertThatThrownBy(() -> SameBatch.WORKER.settings(new BatchSize(100, true), List.of(3, 4)))
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "Cannot compare with the same batch per worker: training.total-batch-size is 100, of which 3"
                                + " workers have not the same number each. Set it to a multiple of 3, or use --batch total.");
    }

    @Test
    void readsWhatOfTheBatchIsTheSame() {
        assertThat(ComparisonPlan.parse("all-reduce", "1", "both", 0.85).batches())
                .containsExactly(SameBatch.TOTAL, SameBatch.WORKER);
        assertThat(ComparisonPlan.parse("all-reduce", "1", "worker", 0.85).batches())
                .containsExactly(SameBatch.WORKER);
        assertThatThrownBy(() -> ComparisonPlan.parse("all-reduce", "1", "each", 0.85))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot compare: --batch is each. Give total, worker or both.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1,", "1,two", "-1", "1;2", "99999999999"})
    void refusesWorkersThatAreNoNumbers(String workers) {
        assertThatThrownBy(() -> ComparisonPlan.parse("all-reduce", workers, "total", 0.85))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot compare: --workers is " + workers
                        + ". Give numbers of 1 or more with commas between them, e.g. 1,2,4.");
    }

    @Test
    void refusesAStrategyWithoutWorkersATargetAboveOneAndMoreWorkersThanSlots() {
        assertThatThrownBy(() -> ComparisonPlan.parse("local", "1", "total", 0.85))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot compare strategies: --strategies names local."
                        + " Name one or more of all-reduce,dl4j-averaging.");
        assertThatThrownBy(() -> ComparisonPlan.parse("all-reduce", "1", "total", 85))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot compare: --target is 85.0.");
        assertThatThrownBy(() -> ComparisonPlan.parse("all-reduce", "1,64", "total", 0.85)
                        .on(2))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot compare with 64 workers: the cluster has 2 slots. Lower --workers");
    }

    @Test
    void comparesOneWorkerWithAllSlotsByDefault() {
        assertThat(ComparisonPlan.parse("dl4j-averaging,all-reduce", "", "total", 0.85)
                        .on(8))
                .isEqualTo(new ComparisonPlan(
                        List.of(Strategy.DL4J_AVERAGING, Strategy.ALL_REDUCE),
                        List.of(1, 8),
                        List.of(SameBatch.TOTAL),
                        0.85));
        assertThat(ComparisonPlan.parse("all-reduce", "", "total", 0.85).on(1).workers())
                .containsExactly(1);
    }

    /** Of 1000 images an epoch, with an accuracy that halves its distance to 1 from 0.5 on. */
    private static Measurement measurement(int workers, List<WorkerTimes> times, double... seconds) {
        List<Comparison.Epoch> epochs = new ArrayList<>();
        for (int i = 0; i < seconds.length; i++) {
            epochs.add(
                    new Comparison.Epoch(i + 1, 1000, seconds[i], 1000 / seconds[i], 1 - Math.pow(0.5, i + 1), times));
        }
        return measurement(workers, epochs, Optional.of(AVERAGINGS));
    }

    private static Measurement measurement(
            int workers, List<Comparison.Epoch> epochs, Optional<Measurement.Averagings> averagings) {
        return new Measurement(
                "all-reduce", SameBatch.TOTAL, workers, 128, epochs, averagings, Optional.of(64_000_000L));
    }
}
