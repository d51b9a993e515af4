package io.github.sparkcnn.bench;

import com.sun.management.ThreadMXBean;
import io.github.sparkcnn.allreduce.Communicator;
import io.github.sparkcnn.allreduce.Contribution;
import io.github.sparkcnn.allreduce.Exchange;
import io.github.sparkcnn.allreduce.FloatVector;
import io.github.sparkcnn.allreduce.rendezvous.CallHandler;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.network.sasl.SecretKeyHolder;

/**
 * Milliseconds that one averaging takes between workers of one machine, as rank 0 sees it, and of processor time in it.
 *
 * <pre>
 * src/bench/run AllReduceBenchmark                    the table
 * … AllReduceBenchmark threads|processes WORKERS FLOATS ROUNDS [plain|secret|encrypted] [memory|tcp] [turns]
 *                       a line of it: through memory and over TCP by turns, or one of them; with turns the ring and the exchange
 *                       over distances that halve by turns, for five workers and more
 * … AllReduceBenchmark turns                          the table of both exchanges, 8 to 32 workers in threads, over TCP
 * … AllReduceBenchmark driver HOST WORKERS FLOATS ROUNDS plain|…      (prints the port, waits for its workers)
 * … AllReduceBenchmark worker HOST DRIVER-HOST PORT RANK WORKERS FLOATS ROUNDS plain|…
 * </pre>
 */
public final class AllReduceBenchmark {
    private static final String LOOPBACK = "127.0.0.1";
    private static final String MEMORY = "memory";
    private static final String TCP = "tcp";
    private static final String TURNS = "turns";
    /** fashion-cnn: parameters and Adam's two moments. */
    private static final int FLOATS = 3 * 582_026;

    private AllReduceBenchmark() {}

    /** One of the ways that take turns: each has its own driver and ring. */
    private record Lane(String way, Optional<Exchange> exchange) {

        static List<Lane> of(List<String> words) {
            List<String> ways = Stream.of(MEMORY, TCP).filter(words::contains).toList();
            List<Lane> lanes = new ArrayList<>();
            for (String way : ways.isEmpty() ? List.of(MEMORY, TCP) : ways) {
                if (words.contains(TURNS)) {
                    Arrays.stream(Exchange.values()).forEach(each -> lanes.add(new Lane(way, Optional.of(each))));
                } else {
                    lanes.add(new Lane(way, Optional.empty()));
                }
            }
            return lanes;
        }

        Exchange of(int size, long length) {
            return exchange.orElseGet(() -> Exchange.cheaper(size, length));
        }

        RunAttempt run() {
            return new RunAttempt("benchmark " + name(), 0);
        }

        String name() {
            return way + exchange.map(each -> " " + each).orElse("");
        }
    }

    /** What all workers have to know. */
    private record Job(int workers, int floats, int rounds, List<String> words) {

        static Job of(String[] args, int from) {
            return new Job(
                    Integer.parseInt(args[from]),
                    Integer.parseInt(args[from + 1]),
                    Integer.parseInt(args[from + 2]),
                    List.of(args).subList(from + 3, args.length));
        }

        List<Lane> lanes() {
            return Lane.of(words);
        }

        String security() {
            return words.contains("encrypted") ? "encrypted" : words.contains("secret") ? "secret" : "plain";
        }

        Transport transport(String host, Lane lane) {
            SparkConf conf = new SparkConf(false)
                    .set(
                            "spark.allreduce.shared-memory",
                            Boolean.toString(lane.way().equals(MEMORY)))
                    .set("spark.authenticate", Boolean.toString(!security().equals("plain")))
                    .set(
                            "spark.network.crypto.enabled",
                            Boolean.toString(security().equals("encrypted")));
            Optional<SecretKeyHolder> secret =
                    security().equals("plain") ? Optional.empty() : Optional.of(new Secret());
            return new Transport(conf, secret, Optional.empty(), host, host, Duration.ofSeconds(60));
        }
    }

    private static final class Secret implements SecretKeyHolder {
        @Override
        public String getSaslUser(String appId) {
            return "user";
        }

        @Override
        public String getSecretKey(String appId) {
            return "secret";
        }
    }

    public static void main(String... args) throws Exception {
        if (args.length == 0) {
            for (String security : List.of("plain", "encrypted")) {
                for (int workers : new int[] {2, 4}) {
                    measure("threads", new Job(workers, FLOATS, 300, List.of(security)));
                    measure("processes", new Job(workers, FLOATS, 300, List.of(security)));
                }
            }
            measure("processes", new Job(2, 3, 2000, List.of()));
            measure("processes", new Job(4, 3, 2000, List.of()));
            measure("processes", new Job(2, 3 * 25_000_000, 10, List.of()));
        } else if (args[0].equals(TURNS)) {
            for (int workers : new int[] {8, 16, 32}) {
                measure("threads", new Job(workers, 10_000, 300, List.of(TCP, TURNS)));
                measure("threads", new Job(workers, 100_000, 100, List.of(TCP, TURNS)));
                measure("threads", new Job(workers, FLOATS, 20, List.of(TCP, TURNS)));
            }
        } else if (args[0].equals("worker")) {
            List<Address> drivers = Arrays.stream(args[3].split(","))
                    .map(port -> new Address(args[2], Integer.parseInt(port)))
                    .toList();
            work(args[1], drivers, Integer.parseInt(args[4]), withOneWay(Job.of(args, 5), drivers.size()));
        } else if (args[0].equals("driver")) {
            Job job = withOneWay(Job.of(args, 2), 1);
            Results results = new Results(job);
            Lane lane = job.lanes().get(0);
            try (Coordinator driver =
                    Coordinator.start(job.transport(args[1], lane), lane.run().id(), results)) {
                System.out.println(driver.address().port());
                results.print("network");
            }
        } else {
            measure(args[0], Job.of(args, 1));
        }
    }

    /** Between machines there is no memory to share. */
    private static Job withOneWay(Job job, int lanes) {
        return job.lanes().size() == lanes
                ? job
                : new Job(
                        job.workers(),
                        job.floats(),
                        job.rounds(),
                        Stream.concat(job.words().stream(), Stream.of(TCP)).toList());
    }

    private static void measure(String how, Job job) throws Exception {
        if (job.words().contains(TURNS) && Exchange.distances(job.workers()).size() == 1) {
            throw new IllegalArgumentException(job.workers() + " workers know the ring only");
        }
        Results results = new Results(job);
        List<Process> processes = new ArrayList<>();
        List<Coordinator> drivers = new ArrayList<>();
        try {
            for (Lane lane : job.lanes()) {
                drivers.add(Coordinator.start(
                        job.transport(LOOPBACK, lane), lane.run().id(), results));
            }
            List<Address> addresses = drivers.stream().map(Coordinator::address).toList();
            for (int rank = 0; rank < job.workers(); rank++) {
                int own = rank;
                if (how.equals("threads")) {
                    new Thread(() -> work(LOOPBACK, addresses, own, job)).start();
                } else {
                    processes.add(child(addresses, own, job));
                }
            }
            results.print(how);
            for (Process process : processes) {
                process.waitFor();
            }
        } finally {
            drivers.forEach(Coordinator::close);
        }
    }

    private static Process child(List<Address> drivers, int rank, Job job) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(System.getProperty("java.home") + "/bin/java", "-cp", System.getProperty("java.class.path")));
        command.add("--add-opens=java.base/java.nio=ALL-UNNAMED");
        command.add("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");
        command.add(System.getProperty("sparkcnn.home", ".")
                + "/src/bench/java/io/github/sparkcnn/bench/AllReduceBenchmark.java");
        command.addAll(List.of("worker", LOOPBACK, LOOPBACK));
        command.add(
                drivers.stream().map(driver -> Integer.toString(driver.port())).collect(Collectors.joining(",")));
        for (int number : new int[] {rank, job.workers(), job.floats(), job.rounds()}) {
            command.add(Integer.toString(number));
        }
        command.addAll(job.words());
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static void work(String host, List<Address> drivers, int rank, Job job) {
        List<DriverLink> links = new ArrayList<>();
        List<Communicator> rings = new ArrayList<>();
        try {
            for (int i = 0; i < drivers.size(); i++) {
                Lane lane = job.lanes().get(i);
                links.add(DriverLink.connect(job.transport(host, lane), drivers.get(i), lane.run(), rank));
                rings.add(links.get(i).join(job.workers(), () -> false, lane::of));
            }
            FloatVector vector = FloatVector.of(ByteBuffer.allocateDirect(job.floats() * Float.BYTES));
            Contribution own = new Contribution(1280, 0.5, 1280);
            int rounds = job.rounds() * rings.size();
            for (int i = 0; i < rounds; i++) {
                rings.get(i % rings.size()).average(vector, own); // warms up
            }
            ByteBuffer times = ByteBuffer.allocate(2 * rounds * Double.BYTES);
            for (int i = 0; i < rounds; i++) {
                long cpu = cpuNanos();
                long begin = System.nanoTime();
                rings.get(i % rings.size()).average(vector, own);
                times.putDouble((System.nanoTime() - begin) / 1e6).putDouble((cpuNanos() - cpu) / 1e6);
            }
            links.get(0).call("times", times.flip());
        } finally {
            rings.forEach(Communicator::close);
            links.forEach(DriverLink::close);
        }
    }

    /** Of this process's threads, but those of the just-in-time compiler and the garbage collector: on a busy machine the better figure. */
    private static long cpuNanos() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadCpuTime(threads.getAllThreadIds()))
                .filter(nanos -> nanos > 0)
                .sum();
    }

    /** Collects the times of all workers and prints those of rank 0. */
    private static final class Results implements CallHandler {
        private final Job job;
        private final CountDownLatch missing;
        private volatile double[] times = {};

        Results(Job job) {
            this.job = job;
            missing = new CountDownLatch(job.workers());
        }

        @Override
        public CompletableFuture<ByteBuffer> handle(Caller caller, String type, ByteBuffer payload) {
            if (caller.rank() == 0) {
                double[] all = new double[payload.remaining() / Double.BYTES];
                payload.asDoubleBuffer().get(all);
                times = all;
            }
            missing.countDown();
            return CompletableFuture.completedFuture(ByteBuffer.allocate(0));
        }

        void print(String how) throws InterruptedException {
            missing.await();
            List<Lane> lanes = job.lanes();
            for (int lane = 0; lane < lanes.size(); lane++) {
                double[] wall = sorted(lane, lanes.size(), 0);
                double[] cpu = sorted(lane, lanes.size(), 1);
                System.out.printf(
                        "%-9s %d workers %10d floats %-9s %-14s median %8.3f ms  p95 %8.3f ms  min %8.3f ms  "
                                + "processor median %8.3f ms  mean %8.3f ms%n",
                        how,
                        job.workers(),
                        job.floats(),
                        job.security(),
                        lanes.get(lane).name(),
                        wall[wall.length / 2],
                        wall[wall.length * 95 / 100],
                        wall[0],
                        cpu[cpu.length / 2],
                        Arrays.stream(cpu).average().orElse(0));
            }
        }

        /** Wall clock, then processor, of each averaging; those of one lane. */
        private double[] sorted(int lane, int lanes, int which) {
            return IntStream.range(0, times.length / 2)
                    .filter(i -> i % lanes == lane)
                    .mapToDouble(i -> times[2 * i + which])
                    .sorted()
                    .toArray();
        }
    }
}
