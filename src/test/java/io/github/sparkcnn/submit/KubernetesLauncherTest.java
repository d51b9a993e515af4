package io.github.sparkcnn.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What submit/kubernetes makes of its words and of what became of the driver's pod, with a spark-submit that is made up. */
class KubernetesLauncherTest {

    private static final String MASTER = "--master k8s://https://host:6443 ";

    private static final String SPARK_SUBMIT = """
            #!/usr/bin/env bash
            printf '%s\\n' "$@"
            [[ -z ${SPARK_CONF_DIR:-} ]] || (cd "$SPARK_CONF_DIR" && echo "sent $(echo *)" && cat mine-2.conf 2>/dev/null)
            printf '%b' "${LOG:-}" >&2
            exit "${CODE:-0}"
            """;

    /** As LoggingPodStatusWatcherImpl writes it. */
    private static final String ENDED = "12:00:00 INFO LoggingPodStatusWatcherImpl: State changed, new state: \\n"
            + "\\t pod name: sparkcnn-train-12ab-driver\\n\\t phase: Failed\\n\\t container status: \\n"
            + "\\t\\t container name: spark-kubernetes-driver\\n\\t\\t container state: terminated\\n\\t\\t exit code: %s\\n"
            + "\\t\\t termination reason: Error\\n";

    @TempDir
    Path folder;

    private Path home;

    @BeforeEach
    void unpackInAFolderWithASpace() throws IOException {
        home = folder.resolve("my cluster");
        Files.createDirectories(home.resolve("submit"));
        for (String name : List.of("launch", "kubernetes")) {
            Files.copy(Path.of("submit", name), home.resolve("submit").resolve(name));
        }
        for (String name : List.of("gpu/cuda.jar", "gpu-11/nd4j.jar", "torch/torch.jar")) {
            Files.createDirectories(home.resolve("lib").resolve(name).getParent());
            Files.createFile(home.resolve("lib").resolve(name));
        }
        Files.createFile(home.resolve("lib/sparkcnn-1-job.jar"));
        Program.write(folder.resolve("spark/bin/spark-submit"), SPARK_SUBMIT);
        Files.createDirectories(folder.resolve("spark/conf"));
        Files.writeString(folder.resolve("spark/conf/core-site.xml"), "");
        Files.writeString(folder.resolve("mine.conf"), "");
    }

    @Test
    void theDriverIsAPodAndTakesTheJobJarOfTheImage() throws Exception {
        Program program =
                launch(MASTER + "--conf spark.kubernetes.namespace=x train /opt/sparkcnn/conf/fashion-cnn.conf");

        assertThat(program.out().lines())
                .containsSequence(
                        "--master",
                        "k8s://https://host:6443",
                        "--deploy-mode",
                        "cluster",
                        "--properties-file",
                        home + "/conf/spark/kubernetes.properties",
                        "--conf",
                        "spark.kubernetes.executor.podTemplateFile=" + url(home) + "/submit/k8s/executor-pod.yaml",
                        "--conf",
                        "spark.kubernetes.driver.podTemplateFile=" + url(home) + "/submit/k8s/driver-pod.yaml",
                        "--conf",
                        "spark.kubernetes.namespace=x",
                        "local:///opt/sparkcnn/lib/sparkcnn-job.jar",
                        "train",
                        "/opt/sparkcnn/conf/fashion-cnn.conf");
    }

    @Test
    void theDriverIsSentTheExperimentWithSparksConfigurations() throws Exception {
        assertThat(launch(MASTER + "train mine.conf").out().lines())
                .containsSequence("train", "/opt/spark/conf/mine.conf", "sent core-site.xml mine.conf");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tune --space a/mine.conf mine.conf    | tune,--space,/opt/spark/conf/mine-2.conf,/opt/spark/conf/mine.conf",
                "tune mine.conf --space=a/mine.conf    | tune,/opt/spark/conf/mine.conf,--space=/opt/spark/conf/mine-2.conf",
            })
    void theDriverIsSentTheSpaceTooUnderAnotherName(String words, String driver) throws Exception {
        Files.createDirectories(folder.resolve("a"));
        Files.writeString(folder.resolve("a/mine.conf"), "the space");

        assertThat(launch(MASTER + words).out().lines())
                .containsSequence(driver.split(","))
                .endsWith("sent core-site.xml mine-2.conf mine.conf", "the space");
        assertThat(launch(MASTER + "--dry-run " + words).out())
                .contains(" " + driver.replace(',', ' ') + " ")
                .hasLineCount(1);
    }

    @Test
    void aFileOfOnesOwnIsNotOverruled() throws Exception {
        Files.createDirectories(home.resolve("conf/spark"));
        Files.copy(Path.of("conf/spark/kubernetes.properties"), home.resolve("conf/spark/kubernetes.properties"));
        Files.writeString(folder.resolve("none.properties"), "spark.executor.instances=3\n");
        Files.writeString(folder.resolve("mine.properties"), """
                spark.kubernetes.executor.podTemplateFile=/mine/executor.yaml
                  spark.kubernetes.driver.podTemplateFile  /mine/driver.yaml
                spark.kubernetes.authenticate.serviceAccountName : me
                spark.driver.extraJavaOptions=-Dx=y
                """);
        String client = MASTER + "--dry-run --deploy-mode client ";

        for (String file : List.of("", "--properties none.properties ")) {
            assertThat(launch(client + file + "train").out())
                    .contains(
                            "spark.kubernetes.executor.podTemplateFile=",
                            "spark.kubernetes.authenticate.serviceAccountName=sparkcnn",
                            "spark.driver.extraJavaOptions=-Dorg.bytedeco.javacpp.maxbytes=4g");
            assertThat(launch(MASTER + "--dry-run " + file + "train").out())
                    .contains("spark.kubernetes.executor.podTemplateFile=", "spark.kubernetes.driver.podTemplateFile=");
        }
        for (String mode : List.of(client, MASTER + "--dry-run ")) {
            assertThat(launch(mode + "--properties mine.properties train").out())
                    .contains("--properties-file mine.properties")
                    .doesNotContain("podTemplateFile", "serviceAccountName", "extraJavaOptions");
        }
    }

    @Test
    void gpusHavePodsAndJarsOfTheirOwn() throws Exception {
        assertThat(launch(MASTER + "--gpu train").out().lines())
                .contains(
                        home + "/conf/spark/kubernetes-gpu.properties",
                        "spark.kubernetes.executor.podTemplateFile=" + url(home) + "/submit/k8s/executor-pod-gpu.yaml",
                        "spark.kubernetes.driver.podTemplateFile=" + url(home) + "/submit/k8s/driver-pod.yaml")
                .containsSequence("--jars", "local:///opt/sparkcnn/lib/gpu/cuda.jar");
        assertThat(launch(MASTER + "--gpu-11 train").out().lines())
                .contains(home + "/conf/spark/kubernetes-gpu.properties")
                .containsSequence("--jars", "local:///opt/sparkcnn/lib/gpu-11/nd4j.jar");
    }

    @Test
    void libtorchIsInTheImageToo() throws Exception {
        assertThat(launch(MASTER + "train --set device.engine=torch").out().lines())
                .contains(
                        "spark.executorEnv.MALLOC_TRIM_THRESHOLD_=2147483647",
                        "spark.kubernetes.driverEnv.MALLOC_TRIM_THRESHOLD_=2147483647",
                        "spark.kubernetes.driverEnv.MALLOC_MMAP_MAX_=0")
                .containsSequence("--jars", "local:///opt/sparkcnn/lib/torch/torch.jar");
    }

    @Test
    void aDriverHereTakesWhatIsHere() throws Exception {
        Program program = launch(MASTER + "--deploy-mode client train mine.conf", Map.of("CODE", "2"));

        assertThat(program.code()).isEqualTo(2);
        assertThat(program.out().lines())
                .containsSequence(home + "/lib/sparkcnn-1-job.jar", "train", "mine.conf")
                .noneMatch(word -> word.startsWith("spark.kubernetes.driver.podTemplateFile"));
    }

    @Test
    void aDryRunIsOneLine() throws Exception {
        assertThat(launch(MASTER + "--dry-run train mine.conf").out())
                .startsWith(folder + "/spark/bin/spark-submit ")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "2, 2", "1, 1", "137, 1"})
    void theDriversEndIsTheLaunchers(String drivers, int code) throws Exception {
        Program program = launch(MASTER + "train", Map.of("LOG", ENDED.formatted(drivers)));

        assertThat(program.code()).isEqualTo(code);
        assertThat(program.err()).contains("kubectl logs sparkcnn-train-12ab-driver\n");
    }

    @Test
    void anEndThatIsNotKnownIsNoSuccess() throws Exception {
        assertThat(launch(MASTER + "train").code()).isEqualTo(1);
        assertThat(launch(MASTER + "train", Map.of("CODE", "1", "LOG", ENDED.formatted("0")))
                        .code())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "train                       | Cannot run submit/kubernetes: the cluster is not named.",
                "--master yarn train         | Cannot run on yarn: that is no Kubernetes cluster.",
                "--master k8s://h:1          | Cannot run submit/kubernetes: no command is given.",
                "--master k8s://h:1 train spark.conf | Cannot send spark.conf to the driver: Kubernetes takes letters",
            })
    void aMistakeIsOneLine(String words, String line) throws Exception {
        Files.writeString(folder.resolve("spark.conf"), "");
        Program program = launch(words);

        assertThat(program.code()).isEqualTo(2);
        assertThat(program.err()).startsWith(line).hasLineCount(1);
    }

    @Test
    void theSparkOfTheMavenBuildWillNotDo() throws Exception {
        assertThat(launch(MASTER + "train", Map.of("SPARK_HOME", "")).err())
                .startsWith("Cannot run submit/kubernetes: SPARK_HOME is not set. ")
                .hasLineCount(1);
    }

    private static String url(Path path) {
        return "file:" + path.toUri().getRawPath().replaceAll("/$", "");
    }

    private Program launch(String words) throws Exception {
        return launch(words, Map.of());
    }

    private Program launch(String words, Map<String, String> environment) throws Exception {
        Map<String, String> all =
                new HashMap<>(Map.of("SPARK_HOME", folder.resolve("spark").toString()));
        all.putAll(environment);
        return Program.run(folder, all, home.resolve("submit/kubernetes"), words.split(" ", -1));
    }
}
