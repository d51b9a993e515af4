package io.github.sparkcnn.train.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.allreduce.Communicator;
import io.github.sparkcnn.allreduce.rendezvous.Coordinator;
import io.github.sparkcnn.allreduce.rendezvous.DriverLink;
import io.github.sparkcnn.allreduce.transport.Address;
import io.github.sparkcnn.allreduce.transport.RunAttempt;
import io.github.sparkcnn.allreduce.transport.Transport;
import io.github.sparkcnn.network.NetworkState;
import io.github.sparkcnn.track.PartOfEpoch;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Orders whose work is to add one to a number, by workers that fail as often as they are told. */
class WorkerStageTest extends SparkTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String RUN = "adding";

    /** How often worker 1 fails in an order, in this JVM, where the executors are. */
    private static final Map<Integer, Integer> FAILURES = new ConcurrentHashMap<>();

    /** In their place: worker 1 does not come to an end. */
    private static final int BUSY = -1_000;

    /** Released by a busy worker when it begins and when it ends. */
    private static final Semaphore BEGUN = new Semaphore(0);

    private final WorkOrders orders = new WorkOrders(2);
    private Coordinator coordinator;
    private WorkerStage stage;
    private int stages;
    private float number;

    @BeforeEach
    void open() {
        FAILURES.clear();
        coordinator = Coordinator.start(Transport.ofSpark(TIMEOUT), RUN, orders);
        JavaRDD<Integer> two = jsc().parallelize(List.of(1, 2), 2);
        stage = new WorkerStage(
                jsc(),
                orders,
                before -> {
                    stages++;
                    return BarrierStage.start(two, new AddOne(coordinator.address(), before), "adding");
                },
                () -> {});
    }

    @AfterEach
    void close() {
        stage.close();
        coordinator.close();
    }

    @Test
    void staysForAllOrders() {
        addOneTo(5);

        assertThat(number).isEqualTo(5);
        assertThat(stages).isEqualTo(1);
    }

    @Test
    void aFailureRepeatsTheOrderFromTheDriversState() {
        FAILURES.put(2, 1);

        addOneTo(4);

        assertThat(number).isEqualTo(4);
        assertThat(stages).isEqualTo(1);
    }

    /** More than the four attempts that Spark gives a stage, and no order with more than two. */
    @Test
    void failuresOfLongAgoDoNotCount() {
        for (int order = 0; order < 5; order++) {
            FAILURES.put(order, 1);
        }

        addOneTo(6);

        assertThat(number).isEqualTo(6);
        assertThat(stages).isEqualTo(2);
    }

    @Test
    void anOrderThatAlwaysFailsIsGivenUp() {
        FAILURES.put(1, Integer.MAX_VALUE);

        assertThatThrownBy(() -> addOneTo(2))
                .hasMessageContaining("has failed the maximum allowable number of times: 4")
                .hasMessageContaining("told to fail");
        assertThat(number).isEqualTo(1);
        assertThat(stages).isEqualTo(2);
    }

    /** Two workers have both slots of this session. */
    @Test
    @Timeout(60)
    void aJobThatTheDriverWaitsForGetsTheWorkersSlots() {
        addOneTo(1);
        assertThat(jsc().parallelize(List.of(1, 2, 3), 3).count()).isEqualTo(3);
        addOneTo(2);
        CompletableFuture<WorkResults> begun = begin(2);
        assertThat(jsc().parallelize(List.of(1, 2, 3), 3).count()).isEqualTo(3);

        number = after(begun);
        addOneTo(4);

        assertThat(number).isEqualTo(4);
        assertThat(stages).isEqualTo(3);
    }

    /** As when the driver fails while the workers train: nobody waits for their epoch, however long it is. */
    @Test
    @Timeout(60)
    void whatNobodyWaitsForIsGivenUp() throws InterruptedException {
        FAILURES.put(1, BUSY);
        addOneTo(1);
        assertThat(begin(1)).isNotDone();
        assertThat(BEGUN.tryAcquire(25, TimeUnit.SECONDS)).isTrue();

        stage.close();

        awaitNoJobs();
        assertThat(BEGUN.tryAcquire(25, TimeUnit.SECONDS))
                .as("the worker has ended")
                .isTrue();
    }

    private void addOneTo(int goal) {
        while (number < goal) {
            number = after(begin((int) number));
        }
    }

    private CompletableFuture<WorkResults> begin(int order) {
        return stage.begin(
                WorkOrder.train(order, new WorkOrder.Start(order, 0, 0), order, new double[0], PartOfEpoch.NONE),
                state(number));
    }

    private float after(CompletableFuture<WorkResults> begun) {
        return stage.await(begun, () -> {}).state().orElseThrow().parameters()[0];
    }

    private static NetworkState state(float number) {
        return new NetworkState(new float[] {number}, new float[0], 0, 0);
    }

    /** Worker 0 keeps the number from order to order, and asks for it where it is new. */
    private static final class AddOne implements FlatMapFunction<Iterator<Integer>, Integer> {
        private static final long serialVersionUID = 1L;

        private final Address driver;
        private final int stagesBefore;

        AddOne(Address driver, int stagesBefore) {
            this.driver = driver;
            this.stagesBefore = stagesBefore;
        }

        @Override
        public Iterator<Integer> call(Iterator<Integer> partition) {
            TaskContext task = TaskContext.get();
            RunAttempt run = new RunAttempt(RUN, stagesBefore * 100 + task.stageAttemptNumber());
            try (DriverLink link = DriverLink.connect(Transport.ofSpark(TIMEOUT), driver, run, task.partitionId());
                    Communicator workers = link.join(2, task::isInterrupted)) {
                add(new WorkerCalls(link, task::isInterrupted), workers.rank());
            }
            return Collections.emptyIterator();
        }

        private static void add(WorkerCalls calls, int rank) {
            Optional<Float> number = Optional.empty();
            Optional<WorkOrder> order = calls.next(Optional.empty());
            while (order.isPresent()) {
                WorkOrder due = order.get();
                if (rank == 1 && FAILURES.getOrDefault(due.number(), 0) == BUSY) {
                    stayBusy(calls);
                }
                if (rank == 1 && FAILURES.merge(due.number(), -1, Integer::sum) >= 0) {
                    throw new IllegalStateException("told to fail");
                }
                if (rank == 0) {
                    number = Optional.of(number.orElseGet(() -> calls.start(due).parameters()[0]) + 1);
                    calls.trained(due, state(number.get()));
                }
                calls.done(due, new byte[0]);
                order = calls.next(order);
            }
        }

        private static void stayBusy(WorkerCalls calls) {
            BEGUN.release();
            try {
                while (true) {
                    calls.requireWanted();
                    LockSupport.parkNanos(1_000_000);
                }
            } finally {
                BEGUN.release();
            }
        }
    }
}
