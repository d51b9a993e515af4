package io.github.sparkcnn.data.minibatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.data.pack.Share;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.Minibatch;
import io.github.sparkcnn.image.PackedBuilder;
import io.github.sparkcnn.image.PixelScale;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharedStepsTest {

    private static final ImageShape SHAPE = new ImageShape(1, 1, 1);
    private static final long SEED = 9;

    /** The images of each step, whoever has them. */
    @ParameterizedTest(name = "{0} images, {1} in a step, drop-last {2}")
    @CsvSource({"60,6,false", "65,6,false", "65,6,true", "64,5,false", "64,5,true", "3,7,false", "7,7,true", "23,8,true"})
    void aStepIsOfTheSameImagesWithAnyNumberOfWorkers(int images, int total, boolean dropLast) {
        List<TreeSet<Integer>> alone = steps(images, total, 1, dropLast, 4);

        assertThat(alone).hasSize(dropLast ? images / total : (images + total - 1) / total);
        for (int workers = 2; workers <= total; workers++) {
            assertThat(steps(images, total, workers, dropLast, 4)).isEqualTo(alone);
        }
    }

    @Test
    void anEpochSeesEachImageOnceAndDrawsAnotherOrderThanTheOneBefore() {
        List<TreeSet<Integer>> first = steps(65, 6, 2, false, 0);

        assertThat(first.stream().flatMap(TreeSet::stream).sorted())
                .containsExactlyElementsOf(IntStream.range(0, 65).boxed().toList());
        assertThat(first.get(10)).hasSize(5);
        assertThat(steps(65, 6, 2, false, 1)).isNotEqualTo(first);
        assertThat(steps(65, 6, 2, false, 0)).isEqualTo(first);
    }

    /** Images 0 and 6 can be in place 0 only; over the epochs each comes in each of the two steps, with each of the others. */
    @Test
    void anImageMeetsEveryImageOfAnotherPlace() {
        TreeSet<Integer> met = new TreeSet<>();
        for (int epoch = 0; epoch < 30; epoch++) {
            steps(12, 6, 1, false, epoch).stream()
                    .filter(step -> step.contains(0))
                    .forEach(met::addAll);
        }

        assertThat(met).containsExactly(0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 11);
    }

    /**
     * 128 images a step for three workers, of 400: three steps, and a last one of 16 images in the places 0 to 15, of which worker 0 has
     * 0, 3, 6, 9, 12, 15.
     */
    @Test
    void sharesOutAsCardsAreDealt() {
        SharedSteps steps = new SharedSteps(128, 3, 400, false);
        MinibatchPlan plan = new MinibatchPlan(PixelScale.UNIT, steps, SEED, List.of());
        List<Integer> shares = List.of(3 * 43 + 6, 3 * 43 + 5, 3 * 42 + 5);

        assertThat(IntStream.range(0, 3).map(steps::batchSize)).containsExactly(43, 43, 42);
        assertThat(IntStream.range(0, 3).map(worker -> share(400, 128, worker, 3).size()).boxed())
                .isEqualTo(shares);
        assertThat(plan.count(shares)).isEqualTo(4);
        assertThat(plan.imagesBefore(3, shares)).isEqualTo(384);
        assertThat(plan.imagesBefore(4, shares)).isEqualTo(400);
        Minibatches last = plan.of(share(400, 128, 2, 3));
        last.startEpoch(0, 2);
        assertThat(IntStream.range(0, last.count()).map(last::size)).containsExactly(42, 42, 42, 5);
    }

    /** 11 images, 4 in a step: worker 0's part of the last step is full, the step is not, and nobody trains it. */
    @Test
    void aStepThatIsNotFullIsLeftOutByAllWorkers() {
        SharedSteps steps = new SharedSteps(4, 2, 11, true);
        MinibatchPlan plan = new MinibatchPlan(PixelScale.UNIT, steps, SEED, List.of());

        assertThat(steps.count(0, 6)).isEqualTo(2);
        assertThat(steps.count(1, 5)).isEqualTo(2);
        assertThat(plan.imagesBefore(2, List.of(6, 5))).isEqualTo(8);
    }

    /** 9 images, 4 in a step: the last step has one, worker 0's. */
    @Test
    void aWorkerMayHaveNoImageInTheLastStep() {
        SharedSteps steps = new SharedSteps(4, 2, 9, false);

        assertThat(steps.count(0, 5)).isEqualTo(3);
        assertThat(steps.count(1, 4)).isEqualTo(2);
        assertThat(steps(9, 4, 2, false, 0).get(2)).hasSize(1);
    }

    @Test
    void cannotBeFewerThanTheWorkers() {
        assertThatThrownBy(() -> new SharedSteps(2, 3, 9, false)).isInstanceOf(IllegalArgumentException.class);
    }

    /** As it was drawn before there was another kind of steps. */
    @Test
    void workersThatCutTheirOwnSharesDrawTheOrderTheyAlwaysDid() {
        int[] order = new int[9];

        new OwnSteps(4, false).shuffle(order, SEED, 3, 1);
        assertThat(order).containsExactly(1, 0, 5, 2, 6, 7, 3, 8, 4);
        new OwnSteps(4, true).shuffle(order, SEED, 0, 0);
        assertThat(order).containsExactly(1, 0, 8, 7, 5, 2, 3, 6, 4);
        assertThat(new OwnSteps(4, false).count(0, 9)).isEqualTo(3);
        assertThat(new OwnSteps(4, true).count(0, 9)).isEqualTo(2);
    }

    private static List<TreeSet<Integer>> steps(int images, int total, int workers, boolean dropLast, int epoch) {
        List<TreeSet<Integer>> steps = new ArrayList<>();
        MinibatchPlan plan = new MinibatchPlan(
                PixelScale.UNIT, new SharedSteps(total, workers, images, dropLast), SEED, List.of());
        for (int worker = 0; worker < workers; worker++) {
            Minibatches minibatches = plan.of(share(images, total, worker, workers));
            minibatches.startEpoch(epoch, worker);
            for (int i = 0; i < minibatches.count(); i++) {
                if (i == steps.size()) {
                    steps.add(new TreeSet<>());
                }
                Minibatch batch = minibatches.get(i);
                assertThat(batch.size()).isPositive();
                for (int k = 0; k < batch.size(); k++) {
                    assertThat(steps.get(i).add(batch.labels()[k])).isTrue();
                }
            }
        }
        return steps;
    }

    /** Every image is labelled with its index. */
    private static Share share(int images, int total, int worker, int workers) {
        PackedBuilder share = new PackedBuilder(SHAPE, images);
        for (int index = 0; index < images; index++) {
            if (index % total % workers == worker) {
                share.add(index, new byte[1], index);
            }
        }
        return Share.of(share.build());
    }
}
