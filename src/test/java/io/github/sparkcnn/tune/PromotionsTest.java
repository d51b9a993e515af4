package io.github.sparkcnn.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.tune.Promotions.Step;
import io.github.sparkcnn.tune.Trial.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Successive halving of nine trials, worked out by hand. */
class PromotionsTest {

    private static final int EPOCHS = 9;

    private final Promotions promotions = Promotions.of(plan(9, Objective.ACCURACY), new Halving(3, 1).rungs(EPOCHS));

    @Test
    void rungsAreAnEtaApartAndTheLastHasAllEpochs() {
        assertThat(new Halving(3, 1).rungs(9)).containsExactly(1, 3, 9);
        assertThat(new Halving(3, 1).rungs(20)).containsExactly(2, 6, 20);
        assertThat(new Halving(3, 3).rungs(20)).containsExactly(6, 20);
        assertThat(new Halving(2, 1).rungs(5)).containsExactly(1, 2, 5);
        assertThatThrownBy(() -> new Halving(3, 2).rungs(5))
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "Cannot tune with --halving 3: training.epochs is 5, of which one in 3 is less than the 2 of"
                                + " --min-epochs. Set training.epochs to 6 or more, or leave --halving out.");
    }

    @Test
    void aThirdOfThoseWhoHaveComeToARungGoesOnAsSoonAsThereIsOne() {
        // The best of 1 to 3 is 2; of 1 to 4 it is 4; two of 1 to 7 are 4 and 7, so that the second rung has three, of
        // whom 4 goes
        // to the end; two of 1 to 8 are 4 and 8, three of 1 to 9 are 4, 9 and 8.
        assertThat(steps(9, 0.1, 0.5, 0.3, 0.9, 0.2, 0.4, 0.6, 0.7, 0.8))
                .containsExactly(
                        "1@0", "2@0", "3@0", "2@1", "4@0", "4@1", "5@0", "6@0", "7@0", "7@1", "4@2", "8@0", "8@1",
                        "9@0", "9@1");
    }

    @Test
    void theLastWhoCameFarthestGoesToTheEndWhereThereAreTooFew() {
        // Two come to the second rung, and it takes three for one of them to go on.
        assertThat(steps(5, 0.1, 0.5, 0.3, 0.9, 0.2))
                .containsExactly("1@0", "2@0", "3@0", "2@1", "4@0", "4@1", "5@0", "4@2");
    }

    @Test
    void oneThatFailsCountsAsTheWorst() {
        // Of 1 to 3, where 2 fails, 3 goes on; of 1 to 6, with 2 and 4 failed, 3 and 6.
        assertThat(steps(6, 0.1, Double.NaN, 0.3, Double.NaN, 0.2, 0.4))
                .containsExactly("1@0", "2@0", "3@0", "3@1", "4@0", "5@0", "6@0", "6@1", "6@2");
    }

    @Test
    void nothingIsLeftWhereAllFail() {
        assertThat(steps(3, Double.NaN, Double.NaN, Double.NaN)).containsExactly("1@0", "2@0", "3@0");
    }

    @Test
    void theLowerLossIsBetterAndOfTwoAlikeTheFirst() {
        Promotions byLoss = Promotions.of(plan(4, Objective.LOSS), List.of(1, 2));
        List<Trial> trials = List.of(stopped(1, 1, 0.4), stopped(2, 1, 0.2), stopped(3, 1, 0.2));

        assertThat(byLoss.next(trials, Set.of(), 3)).contains(new Step(2, 1));
    }

    @Test
    void whoIsBeingTrainedIsNotTrainedTwice() {
        List<Trial> trials = List.of(stopped(1, 1, 0.4), stopped(2, 1, 0.2), stopped(3, 1, 0.2));

        assertThat(promotions.next(trials, Set.of(1, 4), 5)).contains(new Step(5, 0));
        assertThat(promotions.next(trials, Set.of(1, 4, 5), 5)).isEmpty();
    }

    @Test
    void randomSearchTrainsEveryTrialToItsEnd() {
        Promotions random =
                Promotions.of(new SearchPlan(2, Optional.empty(), Objective.ACCURACY, Optional.empty(), 1), List.of());
        Trial first = new Trial(1, Map.of(), Status.FINISHED, 0.5, epochs(2, 0.5), null);

        assertThat(random.rungs()).containsExactly(Promotions.TO_THE_END);
        assertThat(random.next(List.of(), Set.of(), 2)).contains(new Step(1, 0));
        assertThat(random.next(List.of(first), Set.of(), 2)).contains(new Step(2, 0));
        assertThat(random.next(List.of(first), Set.of(), 1)).isEmpty();
    }

    @Test
    void objectivesAreOfTheLastOrTheBestEpoch() {
        List<EpochMetrics> epochs = List.of(epoch(1, 0.5, 0.9), epoch(2, 0.8, 0.3), epoch(3, 0.7, 0.4));

        assertThat(Objective.ACCURACY.of(epochs)).isEqualTo(0.7);
        assertThat(Objective.BEST_ACCURACY.of(epochs)).isEqualTo(0.8);
        assertThat(Objective.LOSS.of(epochs)).isEqualTo(0.4);
        assertThat(Objective.BEST_LOSS.of(epochs)).isEqualTo(0.3);
        assertThat(Objective.parse("best-loss")).isEqualTo(Objective.BEST_LOSS);
        assertThatThrownBy(() -> Objective.parse("f1"))
                .hasMessage("Cannot tune by f1: there is no such number."
                        + " Set --by to one of accuracy, best-accuracy, loss, best-loss.");
    }

    /** What one thread trains, {@code trial@rung}, of trials whose accuracy never changes; NaN for one that fails. */
    private List<String> steps(int wanted, double... accuracies) {
        Map<Integer, Trial> trials = new TreeMap<>();
        List<String> steps = new ArrayList<>();
        for (Optional<Step> next = promotions.next(List.of(), Set.of(), wanted);
                next.isPresent();
                next = promotions.next(trials.values(), Set.of(), wanted)) {
            Step step = next.get();
            steps.add(step.trial() + "@" + step.rung());
            double accuracy = accuracies[step.trial() - 1];
            int trained = Math.min(EPOCHS, promotions.rungs().get(step.rung()));
            Status status = trained == EPOCHS ? Status.FINISHED : Status.STOPPED;
            trials.put(
                    step.trial(),
                    Trial.trained(step.trial(), Map.of(), status, Objective.ACCURACY, epochs(trained, accuracy)));
        }
        return steps;
    }

    private static Trial stopped(int number, int epochs, double value) {
        return new Trial(number, Map.of(), Status.STOPPED, value, epochs(epochs, value), null);
    }

    private static SearchPlan plan(int trials, Objective objective) {
        return new SearchPlan(trials, Optional.empty(), objective, Optional.of(new Halving(3, 1)), 1);
    }

    private static List<EpochMetrics> epochs(int count, double value) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(epoch -> epoch(epoch, value, value))
                .toList();
    }

    private static EpochMetrics epoch(int epoch, double accuracy, double loss) {
        return new EpochMetrics(epoch, 1, loss, accuracy, 0.1, 10, 1, 10, 2);
    }
}
