package io.github.sparkcnn.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Quantity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.k8s.SparkPod;
import org.apache.spark.deploy.k8s.submit.KubernetesClientUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scala.collection.immutable.Map$;

/** Driver and executors as Spark would ask Kubernetes for them. */
class SparkPodsTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "-gpu"})
    void executorsHaveWhatTheyNeedAndNoMore(String kind) throws Exception {
        try (SparkPods pods = new SparkPods(kind)) {
            SparkPod executor = pods.executor();

            SparkPods.assertIsConfined(executor.pod().getSpec(), executor.container());
            assertThat(executor.pod().getSpec().getServiceAccountName()).isEqualTo("sparkcnn-executor");
            assertThat(executor.pod().getSpec().getAutomountServiceAccountToken())
                    .isFalse();
            assertThat(limits(executor))
                    .containsEntry("memory", new Quantity("10240Mi"))
                    .containsEntry("cpu", new Quantity("4"));
            assertThat(limits(executor).get("nvidia.com/gpu")).isEqualTo(kind.isEmpty() ? null : new Quantity("1"));
            assertThat(executor.container().getEnv()).anySatisfy(variable -> {
                assertThat(variable.getName()).isEqualTo("SPARK_CLASSPATH");
                assertThat(variable.getValue()).contains("/opt/sparkcnn/natives");
            });
            assertThat(executor.container().getEnv()).anySatisfy(variable -> {
                assertThat(variable.getName()).isEqualTo("OMP_NUM_THREADS");
                assertThat(variable.getValue()).isEqualTo("4");
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-gpu"})
    void theDriverRunsTheJobJarOfTheImage(String kind) throws Exception {
        try (SparkPods pods = new SparkPods(kind)) {
            SparkPod driver = pods.driver("train", "/opt/sparkcnn/conf/fashion-cnn.conf");

            SparkPods.assertIsConfined(driver.pod().getSpec(), driver.container());
            assertThat(driver.pod().getSpec().getServiceAccountName()).isEqualTo("sparkcnn");
            assertThat(driver.container().getArgs())
                    .endsWith(
                            "local:///opt/sparkcnn/lib/sparkcnn-job.jar",
                            "train",
                            "/opt/sparkcnn/conf/fashion-cnn.conf");
            assertThat(limits(driver))
                    .containsEntry("memory", new Quantity("10240Mi"))
                    .containsEntry("cpu", new Quantity("2"));
            assertThat(limits(driver)).doesNotContainKey("nvidia.com/gpu");
        }
    }

    /** As submit/kubernetes has it do. */
    @Test
    void theDriverGetsAnExperimentWithSparksConfigurations(@TempDir Path home) throws Exception {
        Path folder = Files.createDirectory(home.resolve("conf"));
        Files.writeString(folder.resolve("mine.conf"), "training.epochs = 3");
        SparkConf conf = new SparkConf(false).set("spark.home", home.toString());

        assertThat(KubernetesClientUtils.buildSparkConfDirFilesMap("name", conf, Map$.MODULE$.empty())
                        .get("mine.conf")
                        .get())
                .isEqualTo("training.epochs = 3");
    }

    private static Map<String, Quantity> limits(SparkPod pod) {
        return pod.container().getResources().getLimits();
    }
}
