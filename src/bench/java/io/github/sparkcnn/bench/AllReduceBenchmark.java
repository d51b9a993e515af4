package io.github.sparkcnn.bench;

import io.github.sparkcnn.allreduce.Communicator;
import io.github.sparkcnn.allreduce.Contribution;
import io.github.sparkcnn.allreduce.Exchange;
import io.github.sparkcnn.allreduce.FloatVector;
import io.github.sparkcnn.allreduce.rendezvous.Coordinator;
import io.github.sparkcnn.allreduce.rendezvous.DriverLink;
import io.github.sparkcnn.allreduce.transport.Address;
import io.github.sparkcnn.allreduce.transport.RunAttempt;
import io.github.sparkcnn.allreduce.transport.Transport;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.network.sasl.SecretKeyHolder;

/**
 * Milliseconds that one averaging takes between workers on the loopback interface, as rank 0 sees it.
 *
 * <pre>
 * mvn -q process-classes
 * java -cp 'target/classes:target/spark/jars/*' src/bench/java/io/github/sparkcnn/bench/AllReduceBenchmark.java
 * … AllReduceBenchmark.java threads|processes WORKERS FLOATS ROUNDS plain|secret|encrypted     one line of the table
 * … AllReduceBenchmark.java threads|processes WORKERS FLOATS ROUNDS plain|secret|encrypted turns   the ring and the exchange
 *                                                     over distances that halve by turns, for five workers and more
 * … AllReduceBenchmark.java turns                     the table of both, 8 to 32 workers in threads
 * … AllReduceBenchmark.java driver HOST WORKERS FLOATS ROUNDS plain|…      (prints the port, waits for its workers)
 * … AllReduceBenchmark.java worker HOST DRIVER-HOST PORT RANK WORKERS FLOATS ROUNDS plain|…
 * </pre>
 */
public final class AllReduceBenchmark {
    private static final RunAttempt RUN = new RunAttempt("benchmark", 0);
    private static final String LOOPBACK = "127.0.0.1";
    /** fashion-cnn: parameters and Adam's two moments. */
    private static final int FLOATS = 3 * 582_026;

    private AllReduceBenchmark() {}

    public static void main(String... args) throws Exception {
        if (args.length == 0) {
            for (String security : List.of("plain", "encrypted")) {
                for (int workers : new int[] {2, 4}) {
                    measure("threads", workers, FLOATS, 300, security);
                    measure("processes", workers, FLOATS, 300, security);
                }
            }
            measure("processes", 2, 3, 2000, "plain");
            measure("processes", 4, 3, 2000, "plain");
            measure("processes", 2, 3 * 25_000_000, 10, "plain");
        } else if (args[0].equals("turns")) {
            for (int workers : new int[] {8, 16, 32}) {
                measure("threads", workers, 10_000, 300, "plain", true);
                measure("threads", workers, 100_000, 100, "plain", true);
                measure("threads", workers, FLOATS, 20, "plain", true);
            }
        } else if (args[0].equals("worker")) {
            work(
                    transport(args[1], args[8]),
                    new Address(args[2], Integer.parseInt(args[3])),
                    Integer.parseInt(args[4]),
                    Integer.parseInt(args[5]),
                    Integer.parseInt(args[6]),
                    Integer.parseInt(args[7]),
                    byTurns(args, 9));
        } else if (args[0].equals("driver")) {
            int workers = Integer.parseInt(args[2]);
            Results results = new Results(workers);
            try (Coordinator driver = Coordinator.start(transport(args[1], args[5]), RUN.id(), results)) {
                System.out.println(driver.address().port());
                results.print("network", workers, Integer.parseInt(args[3]), args[5], false);
            }
        } else {
            measure(
                    args[0],
                    Integer.parseInt(args[1]),
                    Integer.parseInt(args[2]),
                    Integer.parseInt(args[3]),
                    args[4],
                    byTurns(args, 5));
        }
    }

    private static boolean byTurns(String[] args, int at) {
        return args.length > at && args[at].equals("turns");
    }

    private static void measure(String how, int workers, int floats, int rounds, String security) throws Exception {
        measure(how, workers, floats, rounds, security, false);
    }

    private static void measure(String how, int workers, int floats, int rounds, String security, boolean turns)
            throws Exception {
        if (turns && Exchange.distances(workers).size() == 1) {
            throw new IllegalArgumentException(workers + " workers know the ring only");
        }
        Results results = new Results(workers);
        List<Process> processes = new ArrayList<>();
        try (Coordinator driver = Coordinator.start(transport(LOOPBACK, security), RUN.id(), results)) {
            for (int rank = 0; rank < workers; rank++) {
                int own = rank;
                if (how.equals("threads")) {
                    Transport transport = transport(LOOPBACK, security);
                    new Thread(() -> work(transport, driver.address(), own, workers, floats, rounds, turns)).start();
                } else {
                    processes.add(child(driver.address(), own, workers, floats, rounds, security, turns));
                }
            }
            results.print(how, workers, floats, security, turns);
            for (Process process : processes) {
                process.waitFor();
            }
        }
    }

    private static Process child(
            Address driver, int rank, int workers, int floats, int rounds, String security, boolean turns)
            throws IOException {
        List<String> command = new ArrayList<>(
                List.of(System.getProperty("java.home") + "/bin/java", "-cp", System.getProperty("java.class.path")));
        command.add("--add-opens=java.base/java.nio=ALL-UNNAMED");
        command.add("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");
        command.add(System.getProperty("sparkcnn.home", ".")
                + "/src/bench/java/io/github/sparkcnn/bench/AllReduceBenchmark.java");
        command.addAll(List.of("worker", LOOPBACK, driver.host(), Integer.toString(driver.port())));
        for (int number : new int[] {rank, workers, floats, rounds}) {
            command.add(Integer.toString(number));
        }
        command.add(security);
        command.add(turns ? "turns" : "rule");
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static void work(
            Transport transport, Address driver, int rank, int workers, int floats, int each, boolean turns) {
        int rounds = turns ? 2 * each : each;
        try (DriverLink link = DriverLink.connect(transport, driver, RUN, rank);
                Communicator communicator = link.join(workers, () -> false, turns ? new Turns() : Exchange::cheaper)) {
            FloatVector vector = FloatVector.of(ByteBuffer.allocateDirect(floats * Float.BYTES));
            Contribution own = new Contribution(1280, 0.5, 1280);
            for (int i = 0; i < rounds; i++) {
                communicator.average(vector, own); // warms up
            }
            ByteBuffer times = ByteBuffer.allocate((rounds + 1) * Double.BYTES);
            long cpu = cpuNanos();
            for (int i = 0; i < rounds; i++) {
                long begin = System.nanoTime();
                communicator.average(vector, own);
                times.putDouble((System.nanoTime() - begin) / 1e6);
            }
            times.putDouble((cpuNanos() - cpu) / 1e6 / rounds);
            link.call("times", times.flip());
        }
    }

    /** One exchange, then the other: every worker averages as often as all. */
    private static final class Turns implements Exchange.Rule {
        private int turn;

        @Override
        public Exchange of(int size, long length) {
            return at(turn++);
        }

        static Exchange at(int averaging) {
            return averaging % 2 == 0 ? Exchange.RING : Exchange.HALVING;
        }
    }

    /** Of this process: on a busy machine the better figure. */
    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getProcessCpuTime();
    }

    private static Transport transport(String host, String security) {
        SparkConf conf = new SparkConf(false)
                .set("spark.authenticate", Boolean.toString(!security.equals("plain")))
                .set("spark.network.crypto.enabled", Boolean.toString(security.equals("encrypted")));
        SecretKeyHolder secret = new SecretKeyHolder() {
            @Override
            public String getSaslUser(String appId) {
                return "user";
            }

            @Override
            public String getSecretKey(String appId) {
                return "secret";
            }
        };
        return new Transport(
                conf,
                security.equals("plain") ? Optional.empty() : Optional.of(secret),
                Optional.empty(),
                host,
                host,
                Duration.ofSeconds(60));
    }

    /** Collects the times of all workers and prints those of rank 0. */
    private static final class Results implements io.github.sparkcnn.allreduce.rendezvous.CallHandler {
        private final java.util.concurrent.CountDownLatch missing;
        private volatile double[] times = {};
        private volatile double cpu;

        Results(int workers) {
            missing = new java.util.concurrent.CountDownLatch(workers);
        }

        @Override
        public java.util.concurrent.CompletableFuture<ByteBuffer> handle(
                Caller caller, String type, ByteBuffer payload) {
            if (caller.rank() == 0) {
                double[] all = new double[payload.remaining() / Double.BYTES - 1];
                payload.asDoubleBuffer().get(all);
                cpu = payload.getDouble(all.length * Double.BYTES);
                times = all;
            }
            missing.countDown();
            return java.util.concurrent.CompletableFuture.completedFuture(ByteBuffer.allocate(0));
        }

        void print(String how, int workers, int floats, String security, boolean turns) throws InterruptedException {
            missing.await();
            if (!turns) {
                print(how, workers, floats, security, String.format("processor %8.3f ms", cpu), times);
                return;
            }
            for (Exchange exchange : Exchange.values()) {
                double[] own = IntStream.range(0, times.length)
                        .filter(i -> Turns.at(i) == exchange)
                        .mapToDouble(i -> times[i])
                        .toArray();
                print(how, workers, floats, security, exchange.toString(), own);
            }
        }

        private void print(String how, int workers, int floats, String security, String what, double... own) {
            double[] sorted = own.clone();
            Arrays.sort(sorted);
            System.out.printf(
                    "%-9s %d workers %10d floats %-9s median %8.3f ms  p95 %8.3f ms  min %8.3f ms  %s%n",
                    how,
                    workers,
                    floats,
                    security,
                    sorted[sorted.length / 2],
                    sorted[sorted.length * 95 / 100],
                    sorted[0],
                    what);
        }
    }
}
