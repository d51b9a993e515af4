package io.github.sparkcnn.submit;

import io.github.sparkcnn.SparkUnderTest;
import io.github.sparkcnn.train.RunProcess;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.BindException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Spark's standalone Master and Workers of two cores on 127.0.0.1, of the Spark under test. */
public final class StandaloneCluster implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 300;

    private static final int FIRST_PORT = 20_000;
    private static final int HALF_OF_PORTS = 6_000;
    /** A process whose port is taken tries as many behind it as Spark's {@code spark.port.maxRetries}. */
    private static final int PORTS_APART = 17;
    /** One after another, so that none is drawn twice, from anywhere on: other builds may run here. */
    private static final AtomicInteger DRAWN =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(2 * HALF_OF_PORTS));

    private final Path folder;
    private final int port;
    private final int ui;
    private final List<Process> daemons = new ArrayList<>();
    private final List<Map<String, String>> workers;

    private StandaloneCluster(Path folder, List<Map<String, String>> workers) throws IOException {
        this.folder = folder;
        this.workers = workers;
        this.port = freePort();
        this.ui = freePort();
    }

    /**
     * Starts it and waits for its workers.
     *
     * @param environment of all daemons
     * @param workers the environment of each worker
     */
    public static StandaloneCluster start(
            Path folder, Map<String, String> environment, List<Map<String, String>> workers)
            throws IOException, InterruptedException {
        List<Map<String, String>> environments = workers.stream()
                .map(own -> {
                    Map<String, String> both = new HashMap<>(environment);
                    both.putAll(own);
                    return both;
                })
                .toList();
        StandaloneCluster cluster = new StandaloneCluster(folder, environments);
        try {
            cluster.daemons.add(cluster.daemon(
                    "master",
                    environment,
                    "org.apache.spark.deploy.master.Master",
                    List.of("--port", cluster.port + "", "--webui-port", cluster.ui + "")));
            cluster.await("\"status\" : \"ALIVE\"", 1);
            for (int i = 0; i < workers.size(); i++) {
                cluster.daemons.add(cluster.worker(i));
            }
            cluster.awaitWorkers();
            return cluster;
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    /** Kills a worker's daemon; its executors end by themselves, and the master finds others a place. */
    public void killWorker(int worker) {
        Process daemon = daemons.get(1 + worker);
        daemon.destroyForcibly().onExit().join();
    }

    /** Starts a worker that was killed once more. */
    public void restartWorker(int worker) throws IOException, InterruptedException {
        daemons.set(1 + worker, worker(worker));
        awaitWorkers();
    }

    /** The processes of a worker's executors. */
    public List<ProcessHandle> executorsOf(int worker) {
        return daemons.get(1 + worker)
                .descendants()
                .filter(RunProcess::isExecutor)
                .toList();
    }

    /** The processes of all executors. */
    public List<ProcessHandle> executors() {
        return daemons.stream()
                .flatMap(Process::descendants)
                .filter(RunProcess::isExecutor)
                .toList();
    }

    /**
     * A port on which nobody listens, and none of those that whoever asks for any port is given: the other tests that run get those.
     * Of two JVMs of tests beside each other, which would find the same one free before it is listened on, each has a half of them.
     */
    public static int freePort() throws IOException {
        int fork = Integer.getInteger("test.fork", 0);
        int first = fork % 2 == 0 ? FIRST_PORT : FIRST_PORT + HALF_OF_PORTS;
        int count = fork == 0 ? 2 * HALF_OF_PORTS : HALF_OF_PORTS;
        while (true) {
            try (ServerSocket socket = new ServerSocket(first + Math.floorMod(DRAWN.getAndAdd(PORTS_APART), count))) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                // Then another.
            }
        }
    }

    public String master() {
        return "spark://127.0.0.1:" + port;
    }

    /** What a launcher needs in its environment. */
    Map<String, String> environment() {
        return Map.of(
                "SPARK_HOME",
                SparkUnderTest.home().toString(),
                "SPARKCNN_MASTER",
                master(),
                "SPARKCNN_MASTER_UI",
                "http://127.0.0.1:" + ui);
    }

    /** What the executors have printed. */
    public String executorLogs() throws IOException {
        return LiveFolder.files(folder).stream()
                .filter(file -> file.toString().matches(".*/work-\\d+/app-.*/std(err|out)"))
                .map(StandaloneCluster::read)
                .collect(Collectors.joining("\n"));
    }

    private Process worker(int number) throws IOException {
        return daemon(
                "worker-" + number,
                workers.get(number),
                "org.apache.spark.deploy.worker.Worker",
                List.of(
                        "--webui-port",
                        freePort() + "",
                        "--cores",
                        "2",
                        "--memory",
                        "3g",
                        "--work-dir",
                        folder.resolve("work-" + number).toString(),
                        master()));
    }

    private void awaitWorkers() throws InterruptedException {
        await("\"state\" : \"ALIVE\"", workers.size());
    }

    private Process daemon(String name, Map<String, String> environment, String main, List<String> words)
            throws IOException {
        List<String> command = new ArrayList<>(
                List.of(SparkUnderTest.home().resolve("bin/spark-class").toString(), main, "--host", "127.0.0.1"));
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(folder.resolve(name + ".log").toFile()));
        builder.environment()
                .putAll(Map.of(
                        "SPARK_DAEMON_MEMORY", "256m",
                        "SPARK_LOCAL_IP", "127.0.0.1",
                        "JDK_JAVA_OPTIONS", SparkUnderTest.javaOptionsText()));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private void await(String text, int times) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (page().split(text, -1).length <= times) {
            if (System.nanoTime() > deadline || daemons.stream().anyMatch(daemon -> !daemon.isAlive())) {
                throw new AssertionError("no cluster within " + PATIENCE_SECONDS + " s; its page: " + page());
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private String page() {
        try (InputStream in =
                URI.create("http://127.0.0.1:" + ui + "/json/").toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }

    /** Ends the daemons, and what they have started. */
    @Override
    public void close() {
        List<ProcessHandle> all = daemons.stream()
                .flatMap(daemon -> Stream.concat(daemon.descendants(), Stream.of(daemon.toHandle())))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(handle -> handle.onExit().join());
    }
}
