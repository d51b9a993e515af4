package io.github.sparkcnn.allreduce.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.allreduce.Communicator;
import io.github.sparkcnn.allreduce.Contribution;
import io.github.sparkcnn.allreduce.FloatVector;
import io.github.sparkcnn.allreduce.Vectors;
import io.github.sparkcnn.allreduce.WorkerLostException;
import io.github.sparkcnn.allreduce.rendezvous.CallHandler;
import io.github.sparkcnn.allreduce.rendezvous.Coordinator;
import io.github.sparkcnn.allreduce.rendezvous.DriverLink;
import io.github.sparkcnn.allreduce.transport.Address;
import io.github.sparkcnn.allreduce.transport.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Workers in processes of their own, killed or frozen in the middle of an averaging. */
@Tag("cluster")
class WorkerProcessIT {
    /** Long enough for a healthy worker beside another test. */
    private static final Duration TIMEOUT = Duration.ofSeconds(8);

    private final List<Process> processes = new ArrayList<>();
    private final Map<Integer, String> ends = new ConcurrentHashMap<>();
    private final Map<Integer, Long> rounds = new ConcurrentHashMap<>();

    /** A worker: averages until it ends with an exception, and tells the driver how. */
    static final class Worker {

        private Worker() {}

        public static void main(String... args) {
            int rank = Integer.parseInt(args[1]);
            Address driver = new Address("127.0.0.1", Integer.parseInt(args[0]));
            Transport transport = Boolean.parseBoolean(args[3]) ? LocalRing.plain(TIMEOUT) : LocalRing.overTcp(TIMEOUT);
            try (DriverLink link = DriverLink.connect(transport, driver, LocalRing.RUN, rank);
                    Communicator communicator = link.join(Integer.parseInt(args[2]))) {
                FloatVector vector = FloatVector.of(Vectors.direct(new float[1_000_000]));
                try {
                    for (int round = 0; ; round++) {
                        communicator.average(vector, new Contribution(1));
                        if (round % 20 == 0) {
                            link.call("round", ByteBuffer.allocate(0));
                        }
                    }
                } catch (WorkerLostException e) {
                    link.call("end", StandardCharsets.UTF_8.encode(e.getMessage()));
                }
            }
        }
    }

    @AfterEach
    void endProcesses() {
        processes.forEach(Process::destroyForcibly);
    }

    /** Four in a ring, six who average over distances that halve; nothing is left of the memory that they share. */
    @ParameterizedTest
    @CsvSource({"2, true", "4, true", "4, true", "4, false", "6, true", "6, false"})
    void noticesAKilledProcessAtOnce(int workers, boolean sharesMemory) throws Exception {
        try (Coordinator coordinator = start(workers, sharesMemory)) {
            assertThat(mappedBy(processes.get(1))).allMatch(line -> line.endsWith(" (deleted)"));
            assertThat(mappedBy(processes.get(1)).isEmpty()).isNotEqualTo(sharesMemory);
            processes.get(1).destroyForcibly();

            awaitEnds(Duration.ofSeconds(30)); // at once is without having waited for a sign of life
            assertThat(ends.keySet()).containsExactlyInAnyOrderElementsOf(allButOne());
            assertThat(ends.values())
                    .allMatch(message -> message.startsWith("Worker 1 (127.0.0.1:"))
                    .noneMatch(message -> message.contains("no sign of life"));
            assertThat(coordinator.address().port()).isPositive();
        }
    }

    @ParameterizedTest
    @CsvSource({"4, true", "4, false", "6, true"})
    void noticesAFrozenProcessWithinTwiceTheTimeout(int workers, boolean sharesMemory) throws Exception {
        try (Coordinator coordinator = start(workers, sharesMemory)) {
            new ProcessBuilder("kill", "-STOP", Long.toString(processes.get(1).pid()))
                    .start()
                    .waitFor();

            awaitEnds(TIMEOUT.multipliedBy(2).plusSeconds(5));
            assertThat(ends.keySet()).containsExactlyInAnyOrderElementsOf(allButOne());
            assertThat(ends.values())
                    .allMatch(message -> message.startsWith("Worker 1 ")
                            && message.endsWith("no sign of life within " + TIMEOUT.toSeconds() + ".0 s"));
            assertThat(coordinator.address().port()).isPositive();
        }
    }

    private List<Integer> allButOne() {
        return IntStream.range(0, processes.size())
                .filter(rank -> rank != 1)
                .boxed()
                .toList();
    }

    /** Of the memory that workers share. */
    private static List<String> mappedBy(Process process) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/maps")).stream()
                .filter(line -> line.matches(".*/sparkcnn-[0-9a-f]{32}.*"))
                .toList();
    }

    private Coordinator start(int workers, boolean sharesMemory) throws IOException, InterruptedException {
        Coordinator coordinator =
                Coordinator.start(LocalRing.plain(Duration.ofMinutes(3)), LocalRing.RUN.id(), this::handle);
        for (int rank = 0; rank < workers; rank++) {
            processes.add(new ProcessBuilder(
                            System.getProperty("java.home") + "/bin/java",
                            "--add-opens=java.base/java.nio=ALL-UNNAMED",
                            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Worker.class.getName(),
                            Integer.toString(coordinator.address().port()),
                            Integer.toString(rank),
                            Integer.toString(workers),
                            Boolean.toString(sharesMemory))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start());
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(180);
        while (rounds.getOrDefault(1, 0L) < 2 && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThat(rounds).as("workers that have begun").containsKey(1);
        return coordinator;
    }

    private CompletableFuture<ByteBuffer> handle(CallHandler.Caller caller, String type, ByteBuffer payload) {
        if (type.equals("end")) {
            ends.put(caller.rank(), StandardCharsets.UTF_8.decode(payload).toString());
        } else {
            rounds.merge(caller.rank(), 1L, Long::sum);
        }
        return CompletableFuture.completedFuture(ByteBuffer.allocate(0));
    }

    private void awaitEnds(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (ends.size() < processes.size() - 1 && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
