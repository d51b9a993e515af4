package io.github.sparkcnn.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.SparkUnderTest;
import io.github.sparkcnn.Strangers;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.model.ModelFolder;
import io.github.sparkcnn.network.NetworkState;
import io.github.sparkcnn.submit.StandaloneCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * A standalone cluster whose processes prove a secret to each other and encrypt what they say. The
 * figures are those of a run in one process, and who has no secret is not let into the averaging.
 */
@Tag("cluster")
class SecureClusterIT extends SparkTest {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String SECRET = "swordfish-swordfish";
    private static final int WORKERS = 2;
    /** Spark's {@code spark.port.maxRetries}. */
    private static final int RETRIES = 16;

    @TempDir
    static Path folder;

    private static NetworkState alone;

    @BeforeAll
    static void trainInOneProcess() throws IOException {
        StripedImages.writeCsv(folder.resolve("train.csv"), 1200, 1);
        Storage storage = Storage.ofLocalMaster(jsc().hadoopConfiguration());
        Path run = folder.resolve("alone");
        new TrainingRun(
                        spark(),
                        ConfigurationReader.read("alone", "", SmallRuns.manySteps(folder.resolve("train.csv"))),
                        storage,
                        storage.path(run.toString()),
                        List.of())
                .execute();
        alone = state(storage, run);
    }

    @Test
    void trainsToTheSameFigures() throws Exception {
        trainsToTheSameFigures(
                "secret",
                "it does not authenticate as CRYPTO",
                Map.of(
                        "spark.authenticate", "true",
                        "spark.authenticate.secret", SECRET,
                        "spark.network.crypto.enabled", "true",
                        "spark.network.crypto.authEngineVersion", "2"));
    }

    @Test
    @EnabledIfEnvironmentVariable(
            named = "SPARK_SCALA_VERSION",
            matches = "2\\.13",
            disabledReason = "Spark 3.5 knows no TLS between its processes")
    void trainsToTheSameFiguresOverTls() throws Exception {
        Path keys = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/keytool",
                        "-genkeypair",
                        "-keyalg",
                        "RSA",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-keystore",
                        keys.toString(),
                        "-storepass",
                        SECRET)
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        Map<String, String> spark =
                new LinkedHashMap<>(Map.of("spark.authenticate", "true", "spark.authenticate.secret", SECRET));
        Map.of(
                        "enabled",
                        "true",
                        "protocol",
                        "TLSv1.3",
                        "keyStore",
                        keys.toString(),
                        "keyStorePassword",
                        SECRET,
                        "keyPassword",
                        SECRET,
                        "trustStore",
                        keys.toString(),
                        "trustStorePassword",
                        SECRET)
                .forEach((key, value) -> spark.put("spark.ssl.rpc." + key, value));

        trainsToTheSameFigures("tls", "not an SSL/TLS record", spark);
    }

    private static void trainsToTheSameFigures(String name, String refusal, Map<String, String> security)
            throws Exception {
        String daemons = security.entrySet().stream()
                .map(entry -> "-D" + entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(" "));
        int port = StandaloneCluster.freePort();
        Path run = folder.resolve(name);
        List<String> arguments = new ArrayList<>(List.of(run.toString()));
        arguments.addAll(SmallRuns.manySteps(folder.resolve("train.csv")));
        try (StandaloneCluster cluster = StandaloneCluster.start(
                Files.createDirectories(folder.resolve(name + "-cluster")),
                Map.of("SPARK_DAEMON_JAVA_OPTS", daemons),
                List.of(Map.of()))) {
            Map<String, String> spark = new LinkedHashMap<>(security);
            spark.put("spark.master", cluster.master());
            spark.put("spark.cores.max", "2");
            spark.put("spark.executor.cores", "1");
            spark.put("spark.executor.memory", "1g");
            spark.put("spark.executor.extraClassPath", SparkUnderTest.classPath());
            spark.put("spark.scheduler.minRegisteredResourcesRatio", "1.0");
            spark.put("spark.scheduler.maxRegisteredResourcesWaitingTime", "4min");
            spark.put("spark.driver.host", "127.0.0.1");
            spark.put("spark.ui.enabled", "false");
            spark.put("spark.allreduce.port", Integer.toString(port));
            Path goOn = folder.resolve(name + "-go-on");
            spark.put(RunProcess.HELD, goOn.toString());
            try (RunProcess driver =
                    RunProcess.start(folder.resolve(name + ".log"), spark, RunProcess.Driver.class, arguments)) {
                driver.awaitOutput(RunProcess.HOLDING, PATIENCE);
                byte[] guess = Strangers.cunning().get("a payload that nobody asked for");
                Strangers.visit(port, guess, 2000);
                for (int worker : portsOfWorkers(cluster, driver, port)) {
                    Strangers.visit(worker, guess, 2000);
                }
                Files.createFile(goOn);

                assertThat(driver.awaitEnd(PATIENCE)).as(driver.output()).isZero();
                assertThat(driver.output()).contains(refusal).doesNotContain("was repeated");
                assertThat(cluster.executorLogs()
                                .lines()
                                .filter(line -> line.contains("Hung up on ") && line.contains(refusal)))
                        .as("a line of each worker's")
                        .hasSize(WORKERS);
            }
        }
        NetworkState trained = state(Storage.ofLocalMaster(jsc().hadoopConfiguration()), run);
        assertThat(trained.parameters()).isEqualTo(alone.parameters());
        assertThat(trained.updater()).isEqualTo(alone.updater());
    }

    /** On this machine those behind the driver's own; workers listen from the first epoch to the last, while the driver is held too. */
    private static Set<Integer> portsOfWorkers(StandaloneCluster cluster, RunProcess driver, int own)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Set<Integer> ports = new TreeSet<>();
        while (ports.size() < WORKERS) {
            assertThat(driver.isAlive()).as(driver.output()).isTrue();
            if (System.nanoTime() > deadline) {
                throw new AssertionError("of workers only these ports are open behind " + own + ": " + ports);
            }
            ports.clear();
            for (ProcessHandle executor : cluster.executors()) {
                ports.addAll(Strangers.openPorts(executor));
            }
            ports.removeIf(port -> port <= own || port > own + RETRIES);
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return ports;
    }

    private static NetworkState state(Storage storage, Path run) {
        return NetworkState.of(ModelFolder.load(storage, run.toString()).network());
    }
}
