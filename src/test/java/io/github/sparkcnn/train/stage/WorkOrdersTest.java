package io.github.sparkcnn.train.stage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.allreduce.rendezvous.CallHandler.Caller;
import io.github.sparkcnn.network.NetworkState;
import io.github.sparkcnn.track.EpochProgress;
import io.github.sparkcnn.track.LossPoint;
import io.github.sparkcnn.track.PartOfEpoch;
import io.github.sparkcnn.train.stage.WorkCall.Reply;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class WorkOrdersTest {

    private static final NetworkState STATE = new NetworkState(new float[] {1, 2, 3}, new float[] {4}, 5, 6);
    private static final NetworkState AFTER = new NetworkState(new float[] {3, 2, 1}, new float[0], 7, 8);

    private static final PartOfEpoch PART = new PartOfEpoch(
            350,
            0.1 + 0.2,
            5_000_000_000L,
            1.5,
            List.of(new LossPoint(100, 1_000_000_000L, 1 / 3.0), new LossPoint(200, 2_000_000_000L, 2 / 3.0)));

    private final WorkOrders orders = new WorkOrders(2);

    @Test
    void aWorkerThatComesFirstWaitsForTheOrder() {
        CompletableFuture<ByteBuffer> waiting = next(0, 0, WorkCall.NONE);
        assertThat(waiting).isNotDone();

        assertThat(orders.give(order(0), STATE)).isNotDone();

        assertThat(ordered(waiting)).isEqualTo(0);
        assertThat(ordered(next(0, 1, WorkCall.NONE))).isEqualTo(0);
        assertThat(next(0, 0, 0)).isNotDone();
    }

    @Test
    void anOrderArrivesAsItWasGiven() {
        assertThat(orders.give(
                        WorkOrder.train(3, new WorkOrder.Start(2, 40, 1), 7, new double[] {0.1, 1e-9, 1}, PART), STATE))
                .isNotDone();

        ByteBuffer answer = next(0, 0, WorkCall.NONE).join();
        assertThat(Reply.of(answer)).isEqualTo(Reply.ORDER);
        WorkOrder order = WorkOrder.read(answer);
        assertThat(order.number()).isEqualTo(3);
        assertThat(order.start()).isEqualTo(new WorkOrder.Start(2, 40, 1));
        assertThat(order.epoch()).isEqualTo(7);
        assertThat(order.factors()).containsExactly(0.1, 1e-9, 1);
        assertThat(order.before()).isEqualTo(PART);
    }

    /** So that a driver that is frozen is noticed by calls without an answer. */
    @Test
    void whoWaitsIsAnsweredNowAndThen() {
        assertThat(next(0, 0, WorkCall.NONE))
                .succeedsWithin(Duration.ofSeconds(20))
                .satisfies(answer -> assertThat(Reply.of(answer)).isEqualTo(Reply.WAIT));
    }

    @Test
    void theResultsAreComplete() {
        CompletableFuture<WorkResults> results = orders.give(order(0), STATE);

        done(0, 1, 0, "one");
        call(0, 0, WorkCall.TRAINED, WorkCall.numbered(0, StateBytes.of(AFTER)));
        assertThat(results).isNotDone();
        done(0, 0, 0, "zero");

        assertThat(results.join().reports())
                .map(report -> new String(report, UTF_8))
                .containsExactly("zero", "one");
        assertSame(results.join().state().orElseThrow(), AFTER);
    }

    /** As the workers who are done already wait, they hear of it within the last report. */
    @Test
    void anOrderMayFollowAnotherAtOnce() {
        CompletableFuture<WorkResults> second =
                orders.give(order(0), STATE).thenCompose(results -> orders.give(order(1), AFTER));
        done(0, 1, 0, "one");
        CompletableFuture<ByteBuffer> waiting = next(0, 1, 0);
        assertThat(waiting).isNotDone();

        done(0, 0, 0, "zero");

        assertThat(ordered(waiting)).isEqualTo(1);
        done(0, 0, 1, "zero");
        done(0, 1, 1, "one");
        assertThat(second).isDone();
    }

    @Test
    void aLaterAttemptBeginsTheOrderAnew() {
        CompletableFuture<WorkResults> results = orders.give(order(0), STATE);
        done(0, 0, 0, "of the first attempt");

        assertThat(ordered(next(1, 1, WorkCall.NONE))).isEqualTo(0);
        done(1, 1, 0, "one");
        assertThat(results).isNotDone();
        assertThatThrownBy(() -> done(0, 1, 0, "late"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("attempt 1 has begun after attempt 0");
        assertThat(ordered(next(1, 0, WorkCall.NONE))).isEqualTo(0);
        assertSame(StateBytes.read(call(1, 0, WorkCall.START, WorkCall.number(0))), STATE);
        done(1, 0, 0, "zero");

        assertThat(results.join().reports())
                .map(report -> new String(report, UTF_8))
                .containsExactly("zero", "one");
    }

    /** As when a worker is lost while the driver evaluates. */
    @Test
    void anAttemptThatBeginsBetweenTwoOrdersWaitsForTheSecond() {
        assertThat(orders.give(order(0), STATE)).isNotDone();
        done(0, 0, 0, "zero");
        done(0, 1, 0, "one");

        CompletableFuture<ByteBuffer> waiting = next(1, 0, WorkCall.NONE);
        assertThat(waiting).isNotDone();
        assertThat(orders.give(order(1), AFTER)).isNotDone();

        assertThat(ordered(waiting)).isEqualTo(1);
        assertSame(StateBytes.read(call(1, 0, WorkCall.START, WorkCall.number(1))), AFTER);
    }

    @Test
    void allAreToldOfTheEnd() {
        CompletableFuture<ByteBuffer> waiting = next(0, 0, WorkCall.NONE);

        orders.end();

        assertThat(Reply.of(waiting.join())).isEqualTo(Reply.END);
        assertThat(Reply.of(next(0, 1, WorkCall.NONE).join())).isEqualTo(Reply.END);
    }

    /** So that all workers of a stage leave it after the same order, whoever asks first. */
    @Test
    void whoIsReleasedDoesWhatWasGivenAndNothingMore() {
        CompletableFuture<WorkResults> first = orders.give(order(0), STATE);
        assertThat(ordered(next(0, 0, WorkCall.NONE))).isEqualTo(0);

        orders.release();

        assertThat(ordered(next(0, 1, WorkCall.NONE))).isEqualTo(0);
        done(0, 0, 0, "zero");
        assertThat(Reply.of(next(0, 0, 0).join())).isEqualTo(Reply.END);
        done(0, 1, 0, "one");
        assertThat(first).isDone();
        assertThat(orders.give(order(1), AFTER)).isNotDone();
        assertThat(Reply.of(next(0, 1, 0).join())).isEqualTo(Reply.END);
        orders.renew();
        assertThat(ordered(next(1_000, 0, WorkCall.NONE))).isEqualTo(1);
    }

    @Test
    void whoWaitsIsReleasedAtOnce() {
        CompletableFuture<ByteBuffer> waiting = next(0, 0, WorkCall.NONE);

        orders.release();

        assertThat(Reply.of(waiting.join())).isEqualTo(Reply.END);
    }

    @Test
    void theNewestPartOfAnEpochIsTakenOnce() {
        CompletableFuture<WorkResults> results = orders.give(order(0), STATE);
        part(new PartOfEpoch(1, 0, 0, 0, List.of()), STATE);
        part(PART, AFTER);

        TrainedPart taken = orders.takePart().orElseThrow();
        assertThat(taken.part()).isEqualTo(PART);
        assertSame(taken.state(), AFTER);
        assertThat(orders.takePart()).isEmpty();

        part(PART, AFTER);
        done(0, 0, 0, "zero");
        done(0, 1, 0, "one");
        assertThat(results).isDone();
        assertThat(orders.takePart()).as("the epoch is whole").isEmpty();
        assertThatThrownBy(() -> part(PART, AFTER)).hasMessage("nobody is to do order 0");
    }

    private void part(PartOfEpoch part, NetworkState state) {
        call(0, 0, WorkCall.PART, WorkCall.numbered(0, new TrainedPart(part, state).bytes()));
    }

    @Test
    void aDamagedPartIsRefused() {
        assertThat(orders.give(order(0), STATE)).isNotDone();
        ByteBuffer part = new TrainedPart(PART, AFTER).bytes();

        assertThatThrownBy(() -> call(0, 0, WorkCall.PART, WorkCall.numbered(0, part.slice(0, 27))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no part of an epoch: it ends after 27 bytes");
        assertThatThrownBy(() -> call(0, 0, WorkCall.PART, WorkCall.numbered(0, part.slice(0, part.limit() - 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("no state: ");
    }

    /** By who waits for the workers: none of them waits until it has been told. */
    @Test
    void theNewestProgressIsTakenOnce() {
        EpochProgress far = new EpochProgress(5_000_000_000L, 0.1 + 0.2);
        EpochProgress lost = new EpochProgress(33, Double.NaN);
        assertThat(orders.takeProgress()).isEmpty();
        call(0, 0, WorkCall.PROGRESS, WorkCall.progress(lost));
        call(0, 0, WorkCall.PROGRESS, WorkCall.progress(far));

        assertThat(orders.takeProgress()).contains(far);
        assertThat(orders.takeProgress()).isEmpty();

        call(0, 0, WorkCall.PROGRESS, WorkCall.progress(lost));
        assertThat(orders.takeProgress()).contains(lost);
    }

    @Test
    void theProgressOfAnEpochIsNotTheNextOnes() {
        call(0, 0, WorkCall.PROGRESS, WorkCall.progress(new EpochProgress(33, 0.5)));

        assertThat(orders.give(order(0), STATE)).isNotDone();

        assertThat(orders.takeProgress()).isEmpty();
    }

    /** As an earlier build's, which is only the images. */
    @Test
    void progressWithoutItsLossIsRefused() {
        ByteBuffer images = ByteBuffer.allocate(Long.BYTES).putLong(33).flip();

        assertThatThrownBy(() -> call(0, 0, WorkCall.PROGRESS, images))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("no message: ");
        assertThat(orders.takeProgress()).isEmpty();
    }

    @Test
    void refusesWhatNobodyIsToDo() {
        assertThatThrownBy(() -> done(0, 0, 4, "")).hasMessage("nobody is to do order 4");
        assertThatThrownBy(() -> done(0, 2, 0, "")).hasMessage("there is no worker 2 of 2");
        assertThat(orders.give(order(0), STATE)).isNotDone();
        assertThatThrownBy(() -> orders.give(order(1), STATE)).hasMessage("order 0 is not done");
        ByteBuffer cut = StateBytes.of(AFTER);
        cut.limit(cut.limit() - 1);
        assertThatThrownBy(() -> call(0, 0, WorkCall.TRAINED, WorkCall.numbered(0, cut)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no state: 11 bytes for 3 parameters and 0 floats of the updater");
    }

    private static WorkOrder order(int number) {
        return WorkOrder.train(number, new WorkOrder.Start(number, 0, 0), number, new double[] {1}, PartOfEpoch.NONE);
    }

    private CompletableFuture<ByteBuffer> next(int attempt, int rank, int last) {
        return orders.handle(new Caller(attempt, rank), WorkCall.NEXT.type(), WorkCall.number(last));
    }

    private static int ordered(CompletableFuture<ByteBuffer> answer) {
        ByteBuffer bytes = answer.join();
        assertThat(Reply.of(bytes)).isEqualTo(Reply.ORDER);
        return WorkOrder.read(bytes).number();
    }

    private void done(int attempt, int rank, int number, String report) {
        call(attempt, rank, WorkCall.DONE, WorkCall.numbered(number, ByteBuffer.wrap(report.getBytes(UTF_8))));
    }

    private ByteBuffer call(int attempt, int rank, WorkCall call, ByteBuffer payload) {
        return orders.handle(new Caller(attempt, rank), call.type(), payload).join();
    }

    private static void assertSame(NetworkState one, NetworkState other) {
        assertThat(one.parameters()).isEqualTo(other.parameters());
        assertThat(one.updater()).isEqualTo(other.updater());
        assertThat(one.iteration()).isEqualTo(other.iteration());
        assertThat(one.epoch()).isEqualTo(other.epoch());
    }
}
