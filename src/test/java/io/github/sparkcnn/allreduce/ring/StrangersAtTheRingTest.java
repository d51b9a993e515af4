package io.github.sparkcnn.allreduce.ring;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.sparkcnn.LogLines;
import io.github.sparkcnn.Strangers;
import io.github.sparkcnn.allreduce.Communicator;
import io.github.sparkcnn.allreduce.Contribution;
import io.github.sparkcnn.allreduce.FloatVector;
import io.github.sparkcnn.allreduce.Vectors;
import io.github.sparkcnn.allreduce.transport.Transport;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever connects to a driver's or worker's port and is none of the run harms nothing, takes no memory, and is one line. */
class StrangersAtTheRingTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final int WORKERS = 2;
    /** What a gigabyte would stand out of. */
    private static final long LITTLE = 100 << 20;

    private static final Pattern HUNG_UP =
            Pattern.compile("Gate: Hung up on /127\\.0\\.0\\.1:(\\d+), who is none of this run: (?!null$).+");

    @ParameterizedTest
    @ValueSource(strings = {"no secret", "a secret", "a secret and encryption"})
    void harmNothing(String security) throws Exception {
        Map<String, byte[]> words = new LinkedHashMap<>(Strangers.lost());
        words.putAll(Strangers.cunning());
        Set<Integer> others = Strangers.openPorts();
        try (LocalRing ring = new LocalRing(transport(security));
                LogLines log = new LogLines()) {
            AtomicBoolean visited = new AtomicBoolean();
            Map<Integer, Integer> visits = new HashMap<>();
            List<Future<float[]>> workers =
                    ring.start(WORKERS, (driver, communicator) -> averageUntil(visited, communicator));
            Set<Integer> ports = ring.awaitPorts(WORKERS + 1, others);
            for (Map.Entry<String, byte[]> stranger : words.entrySet()) {
                for (int port : ports) {
                    long memory = allocated();

                    visits.merge(Strangers.visit(port, stranger.getValue(), 300), 1, Integer::sum);

                    assertThat(allocated() - memory).as(stranger.getKey()).isLessThan(LITTLE);
                }
            }
            visited.set(true);

            float[] mean = {1.5f, 3, 4.5f};
            for (Future<float[]> worker : workers) {
                assertThat(worker.get(20, TimeUnit.SECONDS)).isEqualTo(mean);
            }
            assertThat(log.lines()).hasSizeGreaterThan(words.size());
            Map<Integer, Integer> lines = new HashMap<>();
            for (String line : log.lines()) { // on a busy machine a line comes when the next stranger is there
                Matcher hungUp = HUNG_UP.matcher(line);
                assertThat(hungUp.matches()).as(line).isTrue();
                lines.merge(Integer.valueOf(hungUp.group(1)), 1, Integer::sum);
            }
            assertThat(visits.keySet()).containsAll(lines.keySet());
            assertThat(lines).allSatisfy((from, count) -> assertThat(count).isLessThanOrEqualTo(visits.get(from)));
        }
    }

    @Test
    void whoSaysNothingIsHungUpOn() throws Exception {
        Set<Integer> others = Strangers.openPorts();
        try (LocalRing ring = new LocalRing(LocalRing.plain(Duration.ofMillis(500)));
                LogLines log = new LogLines()) {
            for (int port : ring.awaitPorts(1, others)) {
                long start = System.nanoTime();

                Strangers.visit(port, new byte[] {0, 0}, 20_000);

                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
            }
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .endsWith("who is none of this run: no name of a run came within 500 ms");
        }
    }

    /** The first worker's flag ends both, through the weights; the vectors are the same mean from the first averaging on. */
    private static float[] averageUntil(AtomicBoolean visited, Communicator communicator) {
        int factor = communicator.rank() + 1;
        ByteBuffer vector = Vectors.direct(new float[] {factor, 2 * factor, 3 * factor});
        double ends = 0;
        while (ends == 0) {
            double ended = communicator.rank() == 0 && visited.get() ? 1 : 0;
            ends = communicator
                    .average(FloatVector.of(vector), new Contribution(1, ended))
                    .sum(0);
        }
        return Vectors.floats(vector);
    }

    private static Transport transport(String security) {
        return security.equals("no secret")
                ? LocalRing.plain(TIMEOUT)
                : LocalRing.authenticated("swordfish", security.endsWith("encryption"), TIMEOUT);
    }

    /** Bytes on the heap by Netty's threads of the ring since each began; its arrays outside the heap would show up there as well. */
    private static long allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long[] ids = Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(thread -> thread != null && thread.getThreadName().startsWith("allreduce-"))
                .mapToLong(ThreadInfo::getThreadId)
                .toArray();
        assertThat(ids).isNotEmpty();
        return Arrays.stream(threads.getThreadAllocatedBytes(ids))
                .filter(bytes -> bytes > 0)
                .sum();
    }
}
