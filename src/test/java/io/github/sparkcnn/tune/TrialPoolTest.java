package io.github.sparkcnn.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.tune.Promotions.Step;
import io.github.sparkcnn.tune.Trial.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TrialPoolTest {

    private static final Promotions RANDOM = new Promotions(List.of(Promotions.TO_THE_END), 1, Objective.ACCURACY);

    private final List<Integer> kept = Collections.synchronizedList(new ArrayList<>());

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
        assertThat(kept).isSorted().endsWith(4);
    }

    /** Storage that answers only when the next trial has been trained. */
    @Test
    void noTrialWaitsForWhatIsWritten() {
        CountDownLatch second = new CountDownLatch(1);

        TrialPool pool = new TrialPool(
                RANDOM,
                List.of(),
                2,
                step -> {
                    if (step.trial() == 2) {
                        second.countDown();
                    }
                    return finished(step);
                },
                all -> {
                    await(second);
                    kept.add(all.size());
                });

        assertThat(pool.run(1)).hasSize(2);
        assertThat(kept).endsWith(2);
    }

    @Test
    void endsWithAFailureToWriteAlsoTheLast() {
        TrialPool pool = new TrialPool(RANDOM, List.of(), 1, TrialPoolTest::finished, all -> {
            throw new IllegalStateException("somebody else has the folder");
        });

        assertThatThrownBy(() -> pool.run(1)).hasMessage("somebody else has the folder");
    }

    /** What trials have come to is there when the search ends, also where it ends with a failure. */
    @Test
    void whatTrialsHaveComeToIsWrittenBeforeAFailureIsTold() {
        CountDownLatch failing = new CountDownLatch(1);

        TrialPool pool = new TrialPool(
                RANDOM,
                List.of(),
                2,
                step -> {
                    if (step.trial() == 2) {
                        failing.countDown();
                        throw new IllegalStateException("the cluster is gone");
                    }
                    return finished(step);
                },
                all -> {
                    await(failing);
                    kept.add(all.size());
                });

        assertThatThrownBy(() -> pool.run(1)).hasMessage("the cluster is gone");
        assertThat(kept).containsExactly(1);
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

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }
}
