package io.github.sparkcnn.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.tune.Promotions.Step;
import io.github.sparkcnn.tune.Trial.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class TrialPoolTest {

    private static final Promotions RANDOM = new Promotions(List.of(Promotions.TO_THE_END), 1, Objective.ACCURACY);

    private final List<Integer> kept = new ArrayList<>();

    /** Two who wait for each other can only both go on. */
    @Test
    void trainsAsManyAtATimeAsThereAreThreads() {
        CyclicBarrier two = new CyclicBarrier(2);

        List<Trial> trials = pool(4, step -> {
                    await(two);
                    return finished(step);
                })
                .run(2);

        assertThat(trials).extracting(Trial::number).containsExactly(1, 2, 3, 4);
        assertThat(kept).containsExactly(1, 2, 3, 4);
    }

    @Test
    void endsWithAFailureThatIsNoTrialsAndWaitsForNobody() {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);

        assertThatThrownBy(() -> pool(4, step -> {
                            if (step.trial() == 1) {
                                try {
                                    never.await();
                                } catch (InterruptedException e) {
                                    interrupted.countDown();
                                    throw new IllegalStateException(e);
                                }
                            }
                            throw new IllegalStateException("the cluster is gone");
                        })
                        .run(2))
                .hasMessage("the cluster is gone");
        assertThat(interrupted.getCount()).isZero();
        assertThat(kept).isEmpty();
    }

    @Test
    void whatIsDoneIsNotDoneAgain() {
        Trial done = finished(new Step(2, 0));
        List<Integer> trained = new ArrayList<>();

        TrialPool pool = new TrialPool(
                RANDOM,
                List.of(done),
                3,
                step -> {
                    trained.add(step.trial());
                    return finished(step);
                },
                trials -> {});

        assertThat(pool.run(1)).hasSize(3);
        assertThat(trained).containsExactly(1, 3);
    }

    private TrialPool pool(int trials, Function<Step, Trial> train) {
        return new TrialPool(RANDOM, List.of(), trials, train, all -> kept.add(all.size()));
    }

    private static Trial finished(Step step) {
        List<EpochMetrics> epochs = List.of(new EpochMetrics(1, 1, 0.5, 0.5, 0.1, 10, 1, 10, 2));
        return new Trial(step.trial(), Map.of(), Status.FINISHED, 0.5, epochs, null);
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }
}
