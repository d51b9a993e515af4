package io.github.sparkcnn.allreduce.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.allreduce.Contribution;
import io.github.sparkcnn.allreduce.Exchange;
import io.github.sparkcnn.allreduce.FloatVector;
import io.github.sparkcnn.allreduce.Vectors;
import io.github.sparkcnn.allreduce.WorkerLostException;
import io.github.sparkcnn.allreduce.memory.MemoryOffer;
import io.github.sparkcnn.allreduce.transport.Address;
import io.github.sparkcnn.allreduce.transport.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Workers of one host average through memory to the bits of TCP, and leave nothing of it. */
class SharedMemoryRingTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int ROUNDS = 3;

    /** Vectors of which all segments find a slot, and of which many wait for one; a worker of weight 0; fewer floats than workers. */
    @ParameterizedTest
    @CsvSource({
        "2, RING, 1746078",
        "2, RING, 9000001",
        "3, RING, 2500003",
        "4, RING, 3",
        "5, HALVING, 1000003",
        "6, HALVING, 5000001",
        "7, RING, 2000003",
        "8, HALVING, 5"
    })
    void givesTheBitsOfTcp(int size, Exchange exchange, int length) throws Exception {
        List<float[]> inMemory = average(size, exchange, length, rank -> LocalRing.plain(LONG), true);
        List<float[]> overTcp = average(size, exchange, length, rank -> LocalRing.overTcp(LONG), false);

        assertThat(bits(overTcp).subList(1, size)).containsOnly(bits(overTcp).get(0));
        assertThat(bits(inMemory)).isEqualTo(bits(overTcp));
    }

    /** Of those who share none, as on several hosts, some sit beside those who do. */
    @ParameterizedTest
    @CsvSource({"4, RING, 1000003", "6, HALVING, 1000003"})
    void someNeighboursMayShareMemoryAndOthersNot(int size, Exchange exchange, int length) throws Exception {
        IntFunction<Transport> mixed = rank -> rank < 2 ? LocalRing.plain(LONG) : LocalRing.overTcp(LONG);

        assertThat(bits(average(size, exchange, length, mixed, true)))
                .isEqualTo(bits(average(size, exchange, length, rank -> LocalRing.overTcp(LONG), false)));
    }

    @Test
    void offeredMemoryThatIsNotHereIsDeclined() {
        MemoryOffer elsewhere =
                new MemoryOffer("sparkcnn-00112233445566778899aabbccddeeff", "00112233445566778899aabbccddeeff", 3);
        Neighbour left = new Neighbour(0, new Address("127.0.0.1", 1));

        assertThat(Greeting.answer(left, Optional.of(elsewhere)).get()).isZero();
        assertThat(Greeting.answer(left, Optional.empty()).get()).isZero();
        assertThatThrownBy(() -> left.read(0, 4, floats -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a segment in memory that is not shared");
    }

    @Test
    void nothingIsLeftOfWorkersThatFailInTheMiddle() throws Exception {
        int before = mapped().size();
        try (LocalRing ring = new LocalRing(LocalRing.plain(LONG))) {
            List<Future<Integer>> workers = ring.start(3, (driver, communicator) -> {
                FloatVector vector = FloatVector.of(Vectors.direct(new float[1_000_000]));
                try {
                    for (int i = 0; ; i++) {
                        if (i == 5 && communicator.rank() == 1) {
                            communicator.start(vector, new Contribution(1));
                            communicator.fail("no more");
                            return i;
                        }
                        communicator.average(vector, new Contribution(1));
                    }
                } catch (WorkerLostException e) {
                    assertThat(e).hasMessageEndingWith("no more");
                    return -1;
                }
            });
            List<Integer> ends = new ArrayList<>();
            for (Future<Integer> worker : workers) {
                ends.add(worker.get(120, TimeUnit.SECONDS));
            }
            assertThat(ends).containsExactly(-1, 5, -1);
        }

        assertThat(mapped()).hasSize(before);
    }

    /** Whether memory is shared meanwhile is seen where the system lists what is mapped: no such file has a name any more. */
    private static List<float[]> average(
            int size, Exchange exchange, int length, IntFunction<Transport> transports, boolean shares)
            throws Exception {
        int before = mapped().size();
        long[] weights = LongStream.range(0, size).toArray();
        CyclicBarrier all = new CyclicBarrier(size);
        List<float[]> averaged = new ArrayList<>();
        try (LocalRing ring = new LocalRing(LocalRing.plain(LONG)).with((any, floats) -> exchange)) {
            List<Future<float[]>> workers = ring.start(size, transports, (driver, communicator) -> {
                int rank = communicator.rank();
                float[] own = Vectors.random(rank, length);
                ByteBuffer vector = Vectors.direct(own);
                ByteBuffer parameters = vector.slice(0, length / 3 * Float.BYTES);
                ByteBuffer updater = vector.slice(parameters.capacity(), vector.capacity() - parameters.capacity());
                for (int i = 0; i < ROUNDS; i++) { // weight 0 and others by turns
                    communicator.average(
                            FloatVector.of(parameters, updater), new Contribution(weights[(rank + i) % size], rank));
                    assertThat(mapped().size() > before).isEqualTo(shares);
                    assertThat(mapped()).allMatch(line -> line.endsWith(" (deleted)"));
                    vector.putFloat(0, vector.getFloat(0) + rank);
                }
                all.await(60, TimeUnit.SECONDS); // who shares memory keeps it until all have looked
                return Vectors.floats(vector);
            });
            for (Future<float[]> worker : workers) {
                averaged.add(worker.get(240, TimeUnit.SECONDS));
            }
        }
        assertThat(mapped()).hasSize(before);
        averaged.forEach(vector -> vector[0] = 0); // the last change was each worker's own
        return averaged;
    }

    /** Floats that are equal where every bit is. */
    private static List<IntBuffer> bits(List<float[]> vectors) {
        return vectors.stream()
                .map(vector -> {
                    int[] bits = new int[vector.length];
                    for (int i = 0; i < bits.length; i++) {
                        bits[i] = Float.floatToRawIntBits(vector[i]);
                    }
                    return IntBuffer.wrap(bits);
                })
                .toList();
    }

    private static List<String> mapped() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/maps")).stream()
                .filter(line -> line.matches(".*/sparkcnn-[0-9a-f]{32}.*"))
                .toList();
    }
}
