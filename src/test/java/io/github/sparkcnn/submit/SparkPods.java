package io.github.sparkcnn.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.spark.SecurityManager;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.k8s.KubernetesConf;
import org.apache.spark.deploy.k8s.KubernetesDriverConf;
import org.apache.spark.deploy.k8s.KubernetesExecutorConf;
import org.apache.spark.deploy.k8s.SparkPod;
import org.apache.spark.deploy.k8s.submit.JavaMainAppResource;
import org.apache.spark.deploy.k8s.submit.KubernetesDriverBuilder;
import org.apache.spark.internal.config.package$;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.resource.ResourceProfile$;
import org.apache.spark.scheduler.cluster.k8s.KubernetesExecutorBuilder;
import scala.Option;
import scala.Some;

/** The pods that Spark's own Kubernetes scheduler makes of properties and pod templates; no cluster is asked. */
final class SparkPods implements AutoCloseable {

    private static final String APPLICATION = "spark-1234";

    private final SparkConf conf;
    private final KubernetesClient client;

    /** Of conf/spark/kubernetes.properties with the pod templates, or with what stands behind the dash, as in {@code -gpu}. */
    SparkPods(String kind) throws IOException {
        conf = new SparkConf(false)
                .set("spark.master", "k8s://http://127.0.0.1:1")
                .set("spark.app.name", "test");
        properties("kubernetes" + kind).forEach(conf::set);
        conf.set("spark.kubernetes.driver.podTemplateFile", "submit/k8s/driver-pod.yaml");
        conf.set("spark.kubernetes.executor.podTemplateFile", "submit/k8s/executor-pod" + kind + ".yaml");
        // It is kept for a process, of whatever configuration comes first.
        ResourceProfile$.MODULE$.clearDefaultProfile();
        client = new KubernetesClientBuilder()
                .withConfig(
                        new ConfigBuilder().withMasterUrl("http://127.0.0.1:1").build())
                .build();
    }

    static Map<String, String> properties(String name) throws IOException {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(Path.of("conf/spark", name + ".properties"))) {
            properties.load(in);
        }
        Map<String, String> entries = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> entries.put(key, properties.getProperty(key)));
        return entries;
    }

    SparkPod driver(String... words) {
        KubernetesDriverConf driver = KubernetesConf.createDriverConf(
                conf,
                APPLICATION,
                new JavaMainAppResource(new Some<>("local:///opt/sparkcnn/lib/sparkcnn-job.jar")),
                "io.github.sparkcnn.cli.Main",
                words,
                Option.empty());
        return new KubernetesDriverBuilder().buildFromFeatures(driver, client).pod();
    }

    SparkPod executor() {
        SparkConf running = conf.clone().set("spark.driver.host", "driver").set("spark.driver.port", "7078");
        KubernetesExecutorConf executor = KubernetesConf.createExecutorConf(
                running, "1", APPLICATION, Option.empty(), ResourceProfile.DEFAULT_RESOURCE_PROFILE_ID());
        return new KubernetesExecutorBuilder()
                .buildFromFeatures(
                        executor,
                        new SecurityManager(running, Option.empty(), package$.MODULE$.AUTH_SECRET_FILE()),
                        client,
                        ResourceProfile$.MODULE$.getOrCreateDefaultProfile(running))
                .pod();
    }

    /** No rights, and nothing to write to but volumes: Spark's own for its blocks, ours for the rest. */
    static void assertIsConfined(PodSpec pod, Container container) {
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getRunAsUser()).isEqualTo(185);
        assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(container.getVolumeMounts()).extracting("name").contains("tmp", "work", "spark-local-dir-1");
        assertThat(container.getImage()).startsWith("sparkcnn");
        assertThat(pod.getRestartPolicy()).isEqualTo("Never");
    }

    @Override
    public void close() {
        client.close();
    }
}
