package io.github.sparkcnn.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.github.sparkcnn.SparkUnderTest;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.model.ModelFolder;
import io.github.sparkcnn.network.NetworkState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive on Kubernetes: Spark's own scheduler, an API server in memory, and a kubelet whose containers are processes. */
@Tag("cluster")
class KubernetesIT {

    private static final String NAMESPACE = "science";

    /** Many small minibatches, so that an epoch takes long enough to be interrupted. */
    private static final String EXPERIMENT = """
            data { train = "sample:train", test = "sample:test", train-images = 600 }
            training { epochs = 2, workers = 2, strategy = all-reduce, batch-size = 1, averaging-frequency = 1 }
            """;

    @TempDir
    static Path folder;

    private static Path edge;
    private static Path home;
    private static ContainerImage image;
    private static ApiServer api;
    private static Kubelet kubelet;
    /** The API server to a driver in a pod, whose account may do what rbac.yaml allows it. */
    private static String driversApi;

    @BeforeAll
    static void start() throws Exception {
        edge = folder.resolve("my edge");
        home = Archive.unpack(edge);
        image = ContainerImage.build(folder.resolve("image"), home);
        api = new ApiServer();
        driversApi = api.url(role());
        kubelet = Kubelet.start(api.client(), Files.createDirectories(folder.resolve("pods")), image);
        Files.writeString(edge.resolve("mine.conf"), EXPERIMENT);
        Program program = Program.run(
                edge,
                Map.of("SPARK_HOME", image.spark().toString(), "SPARKCNN_MASTER", "local[2]"),
                home.resolve("submit/local"),
                "train",
                "mine.conf",
                "--output",
                edge.resolve("local").toString());
        assertThat(program.code()).as(program.err()).isZero();
    }

    @AfterAll
    static void stop() throws IOException {
        if (kubelet != null) {
            kubelet.close();
        }
        if (api != null) {
            api.close();
        }
        if (image != null) {
            image.close();
        }
    }

    @Test
    void aDriverInAPodTrainsToLocalsFiguresWithTheTemplatesInAllPods() throws Exception {
        int earlier = kubelet.pods().size();

        Program program = launch(
                confs(
                        "spark.kubernetes.driver.volumes.hostPath.models.mount.path=/models",
                        "spark.kubernetes.driver.volumes.hostPath.models.options.path="
                                + Files.createDirectories(folder.resolve("models"))),
                "train",
                "mine.conf",
                "--output",
                "/models/run");

        List<Pod> pods = kubelet.pods().subList(earlier, kubelet.pods().size());
        assertThat(program.code()).as(program.err() + logs(pods)).isZero();
        assertLocals(folder.resolve("models/run"));
        assertThat(pods).extracting(KubernetesIT::role).containsExactly("driver", "executor", "executor");
        assertThat(program.err())
                .contains("kubectl logs " + pods.get(0).getMetadata().getName() + "\n");
        assertThat(kubelet.log(pods.get(0))).contains("Epoch 2/2");
        assertThat(pods).allSatisfy(KubernetesIT::assertIsOfTheTemplate);
    }

    @Test
    void aMistakeOfADriverInAPodIsTheLaunchers() throws Exception {
        int earlier = kubelet.pods().size();

        Program program = launch(List.of(), "train", "--set", "training.epochs=0");

        List<Pod> pods = kubelet.pods().subList(earlier, kubelet.pods().size());
        assertThat(program.code()).as(program.err() + logs(pods)).isEqualTo(2);
        assertThat(logs(pods)).contains("Cannot use the configuration: training.epochs is 0");
    }

    @Test
    void anExecutorsPodThatIsDeletedInAnEpochIsReplacedAndTheResultStaysWhatItIs() throws Exception {
        int earlier = kubelet.pods().size();
        CompletableFuture<Program> running = CompletableFuture.supplyAsync(() -> {
            try {
                return launch(
                        List.of(),
                        "--deploy-mode",
                        "client",
                        "train",
                        "mine.conf",
                        "--output",
                        edge.resolve("disturbed").toString());
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        Path firstEpoch = edge.resolve("disturbed/checkpoints/epoch-0001");
        while (!running.isDone() && !Files.exists(firstEpoch)) { // which is written while the workers train the second
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThat(running).isNotDone();
        List<Pod> before = kubelet.pods().subList(earlier, kubelet.pods().size());
        api.client().resource(before.get(0)).delete();

        Program program = running.get();
        List<Pod> pods = kubelet.pods().subList(earlier, kubelet.pods().size());
        assertThat(program.code()).as(program.err() + logs(pods)).isZero();
        assertThat(program.out()).contains("Epoch 2 was repeated: ");
        assertThat(before).hasSize(2);
        assertThat(pods).hasSize(3);
        assertLocals(edge.resolve("disturbed"));
    }

    private static void assertLocals(Path run) throws IOException {
        assertThat(Figures.of(run)).isEqualTo(Figures.of(edge.resolve("local")));
        NetworkState local = state(edge.resolve("local"));
        assertThat(state(run).parameters()).isEqualTo(local.parameters());
        assertThat(state(run).updater()).isEqualTo(local.updater());
    }

    private static void assertIsOfTheTemplate(Pod pod) {
        Container container = pod.getSpec().getContainers().get(0);
        SparkPods.assertIsConfined(pod.getSpec(), container);
        assertThat(container.getName()).isEqualTo("spark-kubernetes-" + role(pod));
        assertThat(pod.getMetadata().getNamespace()).isEqualTo(NAMESPACE);
        assertThat(pod.getMetadata().getLabels()).containsEntry("app.kubernetes.io/name", "sparkcnn");
        assertThat(pod.getSpec().getServiceAccountName())
                .isEqualTo(role(pod).equals("driver") ? "sparkcnn" : "sparkcnn-executor");
        assertThat(pod.getSpec().getAutomountServiceAccountToken())
                .isEqualTo(role(pod).equals("driver") ? null : Boolean.FALSE);
    }

    private static String role(Pod pod) {
        return pod.getMetadata().getLabels().get("spark-role");
    }

    private static Role role() throws IOException {
        try (InputStream rbac = Files.newInputStream(home.resolve("submit/k8s/rbac.yaml"))) {
            return api.client().load(rbac).items().stream()
                    .filter(Role.class::isInstance)
                    .map(Role.class::cast)
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String logs(List<Pod> pods) {
        return pods.stream()
                .map(pod -> pod.getMetadata().getName() + ":\n" + kubelet.log(pod))
                .collect(Collectors.joining("\n"));
    }

    private static Program launch(List<String> options, String... words) throws Exception {
        List<String> all = new ArrayList<>(confs(
                "spark.kubernetes.namespace=" + NAMESPACE,
                "spark.kubernetes.driver.master=" + driversApi,
                "spark.ui.enabled=false",
                "spark.driver.defaultJavaOptions=" + SparkUnderTest.QUICK_START,
                "spark.executor.defaultJavaOptions=" + SparkUnderTest.QUICK_START,
                "spark.executor.cores=1",
                "spark.kubernetes.executor.limit.cores=1",
                "spark.task.cpus=1",
                "spark.executorEnv.OMP_NUM_THREADS=1",
                "spark.kubernetes.driverEnv.OMP_NUM_THREADS=1",
                "spark.executor.memory=1g",
                "spark.driver.memory=1g"));
        all.addAll(options);
        all.addAll(List.of(words));
        return Program.run(
                edge,
                Map.of("SPARK_HOME", image.spark().toString(), "SPARKCNN_MASTER", "k8s://" + api.url()),
                home.resolve("submit/kubernetes"),
                all.toArray(String[]::new));
    }

    private static List<String> confs(String... properties) {
        return Arrays.stream(properties)
                .flatMap(property -> Stream.of("--conf", property))
                .toList();
    }

    private static NetworkState state(Path run) {
        return NetworkState.of(ModelFolder.load(Storage.ofLocalMaster(new Configuration()), run.toString())
                .network());
    }
}
