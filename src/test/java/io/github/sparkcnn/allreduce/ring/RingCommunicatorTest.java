package io.github.sparkcnn.allreduce.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparkcnn.allreduce.Communicator;
import io.github.sparkcnn.allreduce.Contribution;
import io.github.sparkcnn.allreduce.Contributions;
import io.github.sparkcnn.allreduce.Exchange;
import io.github.sparkcnn.allreduce.FloatVector;
import io.github.sparkcnn.allreduce.Vectors;
import io.github.sparkcnn.allreduce.WorkerLostException;
import io.github.sparkcnn.allreduce.rendezvous.CallHandler;
import io.github.sparkcnn.allreduce.rendezvous.DriverCallException;
import io.github.sparkcnn.allreduce.rendezvous.DriverLink;
import io.github.sparkcnn.allreduce.transport.RunAttempt;
import io.github.sparkcnn.allreduce.transport.Transport;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RingCommunicatorTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final int FEW = 20_000;

    @ParameterizedTest
    @CsvSource({"1,10", "2,1000003", "3,400001", "4,2", "5,700000", "6,3", "7,400001", "8,1000", "9,0"})
    void averagesOverTheNetwork(int size, int length) throws Exception {
        float[][] vectors = vectors(size, length);
        long[] weights = LongStream.range(1, size + 1).toArray();
        double[] mean = Vectors.mean(vectors, weights);
        List<float[]> first;
        List<float[]> second;
        try (LocalRing ring = new LocalRing(plain(LONG))) {
            first = ring.average(vectors, weights);
        }
        try (LocalRing ring = new LocalRing(plain(LONG))) {
            second = ring.average(vectors, weights);
        }

        assertThat(first).allSatisfy(vector -> assertThat(vector).isEqualTo(first.get(0)));
        assertThat(second.get(0)).isEqualTo(first.get(0));
        for (int i = 0; i < length; i += 97) {
            assertThat((double) first.get(0)[i]).isEqualTo(mean[i], within(1e-6));
        }
        if (size == 1) {
            assertThat(first.get(0)).isEqualTo(vectors[0]);
        }
    }

    /** Longer than what all neighbours may send at once. */
    @Test
    void averagesALongVectorOverDistancesThatHalve() throws Exception {
        int length = 64 * Exchange.SEGMENT + 5;
        float[][] vectors = vectors(5, length);
        double[] mean = Vectors.mean(vectors, 1, 2, 3, 4, 5);
        try (LocalRing ring = new LocalRing(plain(LONG)).with((size, floats) -> Exchange.HALVING)) {
            List<float[]> averaged = ring.average(vectors, 1, 2, 3, 4, 5);

            assertThat(averaged).allSatisfy(vector -> assertThat(vector).isEqualTo(averaged.get(0)));
            for (int i = 0; i < length; i += 997) {
                assertThat((double) averaged.get(0)[i]).isEqualTo(mean[i], within(1e-6));
            }
        }
    }

    /** Three and four know their two neighbours alone; two are each other's. */
    @Test
    void aRuleThatTakesAnExchangeWithStrangersIsNamed() throws Exception {
        for (int size : new int[] {3, 4}) {
            try (LocalRing ring = new LocalRing(LocalRing.plain(LONG)).with((workers, floats) -> Exchange.HALVING)) {
                CyclicBarrier all = new CyclicBarrier(size);
                ring.run(size, (driver, communicator) -> {
                    FloatVector vector = FloatVector.of(Vectors.direct(new float[10]));
                    assertThatThrownBy(() -> communicator.average(vector, new Contribution(1)))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessage("the rule says HALVING for " + size
                                    + " workers, who know only the neighbours at the distances [1]");
                    return all.await(); // one that leaves would be what the others hear of
                });
            }
        }
        float[][] vectors = vectors(2, 10);
        try (LocalRing ring = new LocalRing(LocalRing.plain(LONG)).with((workers, floats) -> Exchange.HALVING)) {
            double[] mean = Vectors.mean(vectors, 1, 2);
            assertThat((double) ring.average(vectors, 1, 2).get(1)[9]).isEqualTo(mean[9], within(1e-6));
        }
    }

    /** As training does: a long vector's averagings go round the ring, a short one's do not. */
    @Test
    void changesTheExchangeFromAveragingToAveraging() throws Exception {
        float[] start = Vectors.random(1, 5_000);
        try (LocalRing ring =
                new LocalRing(plain(LONG)).with((size, floats) -> floats == 5_000 ? Exchange.HALVING : Exchange.RING)) {
            List<Double> sums = ring.run(6, (driver, communicator) -> {
                ByteBuffer vector = Vectors.direct(start);
                ByteBuffer shorter = Vectors.direct(new float[] {communicator.rank()});
                double sum = 0;
                for (int i = 0; i < 100; i++) {
                    Contribution own = new Contribution(1, i, communicator.rank());
                    sum += communicator.average(FloatVector.of(vector), own).sum(1);
                    sum += communicator.average(FloatVector.of(shorter), own).sum(1);
                }
                assertThat(Vectors.floats(vector)).isEqualTo(start);
                assertThat(Vectors.floats(shorter)).containsExactly(new float[] {2.5f}, within(1e-6f));
                return sum;
            });

            assertThat(sums).containsOnly(200.0 * (0 + 1 + 2 + 3 + 4 + 5));
        }
    }

    @Test
    void averagesManyTimesAndCarriesTheContributions() throws Exception {
        try (LocalRing ring = new LocalRing(plain(LONG))) {
            List<Double> sums = ring.run(3, (driver, communicator) -> {
                FloatVector vector = FloatVector.of(Vectors.direct(new float[5000]));
                double sum = 0;
                for (int i = 0; i < 200; i++) {
                    sum += communicator
                            .average(vector, new Contribution(1, i, communicator.rank()))
                            .sum(1);
                }
                return sum;
            });

            assertThat(sums).containsOnly(200.0 * (0 + 1 + 2));
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void averagesBehindASecret(boolean encrypted) throws Exception {
        float[][] vectors = vectors(3, 200_000);
        try (LocalRing plain = new LocalRing(plain(LONG));
                LocalRing secret = new LocalRing(LocalRing.authenticated("swordfish", encrypted, LONG))) {

            assertThat(secret.average(vectors, 1, 2, 3).get(1))
                    .isEqualTo(plain.average(vectors, 1, 2, 3).get(1));
        }
    }

    @Test
    void aWorkerHearsAtOnceWhatTheDriverCouldNotDo() {
        try (LocalRing ring = new LocalRing(plain(LONG));
                DriverLink driver = DriverLink.connect(plain(LONG), ring.coordinator.address(), LocalRing.RUN, 0)) {

            assertThatThrownBy(() -> driver.join(1 << 17))
                    .isInstanceOf(DriverCallException.class)
                    .hasMessageStartingWith("the driver could not join ")
                    .hasMessageContaining("a run of 131072 workers");
        }
    }

    @Test
    void refusesTheWrongSecretAndNone() {
        try (LocalRing ring = new LocalRing(LocalRing.authenticated("swordfish", true, LONG))) {
            assertThatThrownBy(() -> join(LocalRing.authenticated("guess", true, LONG), ring, LocalRing.RUN))
                    .isInstanceOf(DriverCallException.class);
            assertThatThrownBy(() -> join(plain(LONG), ring, LocalRing.RUN)).isInstanceOf(DriverCallException.class);
        }
    }

    @Test
    void refusesAnotherRunAndAnEarlierAttempt() {
        try (LocalRing ring = new LocalRing(plain(LONG))) {
            assertThatThrownBy(() -> join(plain(LONG), ring, new RunAttempt("run-2", 0)))
                    .isInstanceOf(DriverCallException.class)
                    .hasMessageContaining("run-2 attempt 0 is not run-1");
            join(plain(LONG), ring, new RunAttempt("run-1", 3));
            assertThatThrownBy(() -> join(plain(LONG), ring, new RunAttempt("run-1", 2)))
                    .isInstanceOf(DriverCallException.class)
                    .hasMessageContaining("run-1 attempt 2 is not run-1 attempt 3");
        }
    }

    @Test
    void namesTheWorkersThatHaveNotCome() {
        Transport transport = plain(SHORT);
        try (LocalRing ring = new LocalRing(transport);
                DriverLink early = DriverLink.connect(transport, ring.coordinator.address(), LocalRing.RUN, 1)) {
            assertThatThrownBy(() -> early.join(4))
                    .isInstanceOf(DriverCallException.class)
                    .hasMessageContaining("of 4 workers these have not come: [0, 2, 3] within 2000 ms");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 6, 9})
    void tellsEverybodyWhoFailedAndWhy(int size) {
        try (LocalRing ring = new LocalRing(plain(LONG))) {
            List<Future<Void>> workers = ring.start(size, (driver, communicator) -> {
                if (communicator.rank() == 2) {
                    communicator.fail("java.lang.OutOfMemoryError");
                    return null;
                }
                return averageForEver(communicator);
            });

            for (int rank = 0; rank < size; rank++) {
                if (rank == 2) {
                    continue;
                }
                assertThat(lost(workers.get(rank)).getMessage())
                        .startsWith("Worker 2 (127.0.0.1:")
                        .endsWith("is lost: java.lang.OutOfMemoryError");
            }
        }
    }

    /** In the middle of an averaging, whichever of its steps that is. */
    @ParameterizedTest
    @ValueSource(longs = {0, 300, 1_000, 3_000, 10_000, 20_000, 30_000})
    void tellsEverybodyWhoFailedInTheMiddle(long micros) {
        try (LocalRing ring = new LocalRing(plain(LONG))) {
            List<Future<Void>> workers = ring.start(6, (driver, communicator) -> {
                if (communicator.rank() == 2) {
                    FloatVector vector = FloatVector.of(Vectors.direct(new float[1_000_000]));
                    communicator.average(vector, new Contribution(1));
                    Communicator.Averaging second = communicator.start(vector, new Contribution(1));
                    TimeUnit.MICROSECONDS.sleep(micros);
                    communicator.fail("no power");
                    second.await();
                }
                return averageForEver(communicator);
            });

            for (Future<Void> worker : workers) {
                assertThat(lost(worker)).hasMessageStartingWith("Worker 2 ").hasMessageEndingWith("is lost: no power");
            }
        }
    }

    /** Those for whom it is too late to do without worker 3 name it; the others have it from them. */
    @Test
    void namesTheWorkerThatDoesNotComeToOneOfMany() {
        try (LocalRing ring = new LocalRing(plain(SHORT))) {
            List<Future<Void>> workers = ring.start(7, (driver, communicator) -> {
                if (communicator.rank() == 3) {
                    for (int i = 0; i < 5; i++) {
                        communicator.average(FloatVector.of(Vectors.direct(new float[FEW])), new Contribution(1));
                    }
                    TimeUnit.SECONDS.sleep(60);
                    return null;
                }
                return averageForEver(communicator, FEW);
            });

            for (int rank : new int[] {0, 1, 2, 4, 5, 6}) {
                assertThat(lost(workers.get(rank)))
                        .hasMessageStartingWith("Worker 3 ")
                        .hasMessageEndingWith("has not come to averaging 6 within 2.0 s");
            }
        }
    }

    @Test
    void namesTheWorkerThatDoesNotCome() {
        try (LocalRing ring = new LocalRing(plain(SHORT))) {
            List<Future<Void>> workers = ring.start(4, (driver, communicator) -> {
                if (communicator.rank() == 3) {
                    TimeUnit.SECONDS.sleep(60);
                    return null;
                }
                return averageForEver(communicator);
            });

            for (int rank = 0; rank < 3; rank++) {
                assertThat(lost(workers.get(rank)))
                        .hasMessageStartingWith("Worker 3 ")
                        .hasMessageEndingWith("has not come to averaging 1 within 2.0 s");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 6})
    void refusesToWaitForAWorkerThatHasLeft(int size) {
        try (LocalRing ring = new LocalRing(plain(LONG))) {
            List<Future<Void>> workers = ring.start(
                    size, (driver, communicator) -> communicator.rank() == 0 ? null : averageForEver(communicator));

            assertThat(lost(workers.get(1))).hasMessageEndingWith("is lost: it has left");
            assertThat(lost(workers.get(2)).rank()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5})
    void refusesVectorsOfDifferentLengths(int size) {
        try (LocalRing ring = new LocalRing(plain(LONG))) {
            List<Future<Contributions>> workers = ring.start(
                    size,
                    (driver, communicator) -> communicator.average(
                            FloatVector.of(Vectors.direct(new float[10 + communicator.rank()])), new Contribution(1)));

            assertThat(lost(workers.get(0)).reason())
                    .contains("vector length 1")
                    .contains("was due");
        }
    }

    @Test
    void callsTheDriverWithPayloadsOfAnySize() throws Exception {
        CallHandler reverse = (caller, type, payload) -> {
            if (type.equals("fail")) {
                throw new IllegalStateException("no such epoch");
            }
            byte[] bytes = new byte[payload.remaining()];
            payload.get(bytes);
            return CompletableFuture.completedFuture(
                    ByteBuffer.wrap(bytes, bytes.length - 1 - caller.rank(), 1 + caller.rank()));
        };
        try (LocalRing ring = new LocalRing(plain(LONG), reverse)) {
            List<Integer> answers = ring.run(2, (driver, communicator) -> {
                byte[] payload = new byte[50_000_000];
                Arrays.fill(payload, (byte) 7);
                ByteBuffer answer = driver.call("epoch", ByteBuffer.wrap(payload));
                assertThat(driver.call("epoch", ByteBuffer.allocate(2)).remaining())
                        .isEqualTo(1 + communicator.rank());
                assertThatThrownBy(() -> driver.call("fail", ByteBuffer.allocate(0)))
                        .isInstanceOf(DriverCallException.class)
                        .hasMessageContaining("no such epoch");
                return answer.remaining() * answer.get();
            });

            assertThat(answers).containsExactly(7, 14);
        }
    }

    @Test
    void leavesNoThreadsBehind() throws Exception {
        try (LocalRing ring = new LocalRing(plain(LONG))) {
            ring.average(vectors(3, 1000), 1, 1, 1);
            assertThat(threads()).isNotEmpty();
        }

        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
        while (!threads().isEmpty() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        assertThat(threads()).isEmpty();
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("allreduce-"))
                .toList();
    }

    private static Void averageForEver(Communicator communicator) {
        return averageForEver(communicator, 1_000_000);
    }

    private static Void averageForEver(Communicator communicator, int length) {
        FloatVector vector = FloatVector.of(Vectors.direct(new float[length]));
        while (true) {
            communicator.average(vector, new Contribution(1));
        }
    }

    private static WorkerLostException lost(Future<?> worker) {
        try {
            worker.get(10, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof WorkerLostException lost) {
                return lost;
            }
            throw new AssertionError(e);
        } catch (Exception e) {
            throw new AssertionError("no end within 10 s", e);
        }
        throw new AssertionError("no exception");
    }

    /** A subclass has another way. */
    Transport plain(Duration timeout) {
        return LocalRing.plain(timeout);
    }

    private static void join(Transport transport, LocalRing ring, RunAttempt run) {
        try (DriverLink driver = DriverLink.connect(transport, ring.coordinator.address(), run, 0);
                Communicator alone = driver.join(1)) {
            assertThat(alone.size()).isEqualTo(1);
        }
    }

    private static float[][] vectors(int size, int length) {
        float[][] vectors = new float[size][];
        for (int rank = 0; rank < size; rank++) {
            vectors[rank] = Vectors.random(rank, length);
        }
        return vectors;
    }
}
