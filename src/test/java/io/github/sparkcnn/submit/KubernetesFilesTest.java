package io.github.sparkcnn.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.network.util.JavaUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in submit/k8s has the names that Kubernetes and the operator know, and agrees with conf/spark. */
class KubernetesFilesTest {

    private static final Path FOLDER = Path.of("submit/k8s");

    /** Of SparkApplication v1beta2, as far as they are used here. */
    private static final Map<String, Set<String>> OPERATORS = Map.of(
            "",
                    Set.of(
                            "type",
                            "mode",
                            "sparkVersion",
                            "image",
                            "mainClass",
                            "mainApplicationFile",
                            "arguments",
                            "deps",
                            "restartPolicy",
                            "sparkConf",
                            "driver",
                            "executor"),
            "deps", Set.of("jars"),
            "restartPolicy", Set.of("type", "onFailureRetries", "onFailureRetryInterval"),
            "driver", common(),
            "executor",
                    Stream.concat(common().stream(), Stream.of("instances"))
                            .collect(java.util.stream.Collectors.toSet()));

    /** Refuses names that are none, which Kubernetes' own classes take for additions. */
    private final ObjectMapper yaml = new YAMLMapper().setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
        @Override
        public Boolean hasAnySetter(Annotated a) {
            return false;
        }
    });

    private static Set<String> common() {
        return Set.of(
                "cores", "coreLimit", "memory", "memoryOverhead", "serviceAccount", "javaOptions", "env", "template");
    }

    @ParameterizedTest
    @ValueSource(strings = {"driver-pod", "executor-pod", "executor-pod-gpu"})
    void podTemplatesArePods(String name) throws IOException {
        Pod pod = yaml.readValue(FOLDER.resolve(name + ".yaml").toFile(), Pod.class);

        assertThat(pod.getSpec().getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSpec().getContainers()).singleElement().satisfies(container -> {
            assertThat(container.getName())
                    .isEqualTo("spark-kubernetes-" + (name.startsWith("driver") ? "driver" : "executor"));
            assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                    .isTrue();
            assertThat(container.getVolumeMounts()).extracting("mountPath").contains("/tmp");
        });
    }

    @Test
    void aMisspeltNameWouldBeSeen() throws IOException {
        String text = Files.readString(FOLDER.resolve("driver-pod.yaml")).replace("runAsNonRoot", "runAsNonroot");

        assertThatThrownBy(() -> yaml.readValue(text, Pod.class))
                .isInstanceOf(UnrecognizedPropertyException.class)
                .hasMessageContaining("runAsNonroot");
    }

    @Test
    void accountsAreThoseOfTheProperties() throws IOException {
        List<JsonNode> documents = documents("rbac.yaml");
        ServiceAccount driver = yaml.treeToValue(documents.get(0), ServiceAccount.class);
        ServiceAccount executor = yaml.treeToValue(documents.get(1), ServiceAccount.class);
        Role role = yaml.treeToValue(documents.get(2), Role.class);
        RoleBinding binding = yaml.treeToValue(documents.get(3), RoleBinding.class);

        for (String name : List.of("kubernetes", "kubernetes-gpu")) {
            assertThat(SparkPods.properties(name))
                    .containsEntry(
                            "spark.kubernetes.authenticate.driver.serviceAccountName",
                            driver.getMetadata().getName())
                    .containsEntry(
                            "spark.kubernetes.authenticate.executor.serviceAccountName",
                            executor.getMetadata().getName());
        }
        assertThat(executor.getAutomountServiceAccountToken()).isFalse();
        assertThat(binding.getRoleRef().getName()).isEqualTo(role.getMetadata().getName());
        assertThat(binding.getSubjects())
                .singleElement()
                .extracting("kind", "name")
                .containsExactly("ServiceAccount", driver.getMetadata().getName());
        // What the driver makes and, when it ends, deletes by label.
        assertThat(role.getRules())
                .flatExtracting("resources")
                .contains("pods", "services", "configmaps", "persistentvolumeclaims");
        assertThat(role.getRules())
                .allSatisfy(rule -> assertThat(rule.getVerbs())
                        .contains("get", "list", "watch", "create", "update", "delete", "deletecollection")
                        .doesNotContain("*"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-gpu"})
    void theOperatorsApplicationIsWhatTheLauncherSubmits(String kind) throws IOException {
        JsonNode application = documents("sparkapplication" + kind + ".yaml").get(0);
        JsonNode spec = application.get("spec");
        Map<String, String> properties = SparkPods.properties("kubernetes" + kind);

        assertThat(application.get("apiVersion").asText()).isEqualTo("sparkoperator.k8s.io/v1beta2");
        assertThat(names(spec)).isSubsetOf(OPERATORS.get(""));
        for (String part : List.of("deps", "restartPolicy", "driver", "executor")) {
            assertThat(spec.has(part) ? names(spec.get(part)) : List.<String>of())
                    .isSubsetOf(OPERATORS.get(part));
        }
        assertThat(spec.get("image").asText()).isEqualTo(properties.get("spark.kubernetes.container.image"));
        assertThat(spec.get("executor").get("instances").asText())
                .isEqualTo(properties.get("spark.executor.instances"));
        assertThat(spec.get("arguments"))
                .extracting(JsonNode::asText)
                .contains(
                        "training.strategy=all-reduce",
                        "training.workers=" + properties.get("spark.executor.instances"));
        spec.get("sparkConf")
                .fields()
                .forEachRemaining(entry -> assertThat(properties)
                        .containsEntry(entry.getKey(), entry.getValue().asText()));
        for (String role : List.of("driver", "executor")) {
            JsonNode part = spec.get(role);
            assertThat(part.get("cores").asText()).isEqualTo(properties.get("spark." + role + ".cores"));
            assertThat(part.get("coreLimit").asText())
                    .isEqualTo(properties.get("spark.kubernetes." + role + ".limit.cores"));
            assertThat(part.get("memory").asText()).isEqualTo(properties.get("spark." + role + ".memory"));
            assertThat(part.get("memoryOverhead").asText())
                    .isEqualTo(properties.get("spark." + role + ".memoryOverhead"));
            assertThat(part.get("javaOptions").asText())
                    .isEqualTo(properties.get("spark." + role + ".extraJavaOptions"));
            for (JsonNode variable : part.get("env")) {
                EnvVar env = yaml.treeToValue(variable, EnvVar.class);
                String prefix = role.equals("driver") ? "spark.kubernetes.driverEnv." : "spark.executorEnv.";
                assertThat(properties).containsEntry(prefix + env.getName(), env.getValue());
            }
            assertThat(yaml.treeToValue(part.get("template"), PodTemplateSpec.class)
                            .getSpec())
                    .isEqualTo(yaml.readValue(
                                    FOLDER.resolve(role + "-pod" + (role.equals("driver") ? "" : kind) + ".yaml")
                                            .toFile(),
                                    Pod.class)
                            .getSpec());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"kubernetes", "kubernetes-gpu"})
    void aPodIsNotKilledForItsArrays(String name) throws IOException {
        Map<String, String> properties = SparkPods.properties(name);

        for (String role : List.of("driver", "executor")) {
            String options = properties.get("spark." + role + ".extraJavaOptions");
            String limit = options.replaceAll(".*-Dorg\\.bytedeco\\.javacpp\\.maxphysicalbytes=(\\S+).*", "$1");
            assertThat(JavaUtils.byteStringAsGb(limit))
                    .isLessThan(JavaUtils.byteStringAsGb(properties.get("spark." + role + ".memory"))
                            + JavaUtils.byteStringAsGb(properties.get("spark." + role + ".memoryOverhead")));
        }
        assertThat(properties.get("spark.task.cpus"))
                .isEqualTo(properties.get("spark.executor.cores"))
                .isEqualTo(properties.get("spark.kubernetes.executor.limit.cores"))
                .isEqualTo(properties.get("spark.executorEnv.OMP_NUM_THREADS"));
    }

    @Test
    void theImageHasWhatThePropertiesName() throws IOException {
        String recipe = Files.readString(FOLDER.resolve("Dockerfile"));

        assertThat(recipe)
                .contains("WORKDIR /opt/sparkcnn\n", "COPY conf conf\n", "COPY submit submit\n")
                .contains("unpack-natives lib/sparkcnn-job.jar natives")
                .contains("USER 185:185\nENTRYPOINT", "USER 185:185\n");
        assertThat(recipe.lines().filter(line -> line.startsWith("USER ")).reduce((first, last) -> last))
                .contains("USER 185:185");
    }

    /** Old builders make all stages up to the one that is named, and without GPUs there is no lib/gpu to copy. */
    @Test
    void theImageWithoutGpusNeedsNoStageForThem() throws IOException {
        String recipe = Files.readString(FOLDER.resolve("Dockerfile"));
        List<String> stages =
                recipe.lines().filter(line -> line.startsWith("FROM ")).toList();

        assertThat(stages)
                .containsExactly(
                        "FROM ${SPARK} AS sparkcnn", "FROM ${SPARK} AS cpu", "FROM ${CUDA} AS gpu", "FROM cpu");
        assertThat(recipe.substring(0, recipe.indexOf(stages.get(2)))).doesNotContain("\nCOPY lib/${GPU}");
    }

    @Test
    void theBuilderIsSentWhatIsCopiedAndNothingElse() throws IOException {
        List<String> copied = Files.readString(FOLDER.resolve("Dockerfile"))
                .lines()
                .filter(line -> line.startsWith("COPY ") && !line.contains("--from"))
                .map(line -> "!" + line.split("[ /]", 3)[1])
                .distinct()
                .toList();

        assertThat(Files.readAllLines(FOLDER.resolve("Dockerfile.dockerignore")))
                .filteredOn(line -> !line.startsWith("#"))
                .startsWith("*")
                .hasSize(1 + copied.size())
                .containsAll(copied);
    }

    /** Where the image, the DAG and the pages look for it. */
    @Test
    void theArchivesJobJarHasNoVersion() throws IOException {
        assertThat(Files.readString(Path.of("src/assembly/archive.xml")))
                .contains("<destName>sparkcnn-job.jar</destName>");
        assertThat(Files.readString(FOLDER.resolve("Dockerfile"))).contains("COPY lib/sparkcnn-job.jar ");
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private List<JsonNode> documents(String name) throws IOException {
        try (MappingIterator<JsonNode> documents =
                yaml.readerFor(JsonNode.class).readValues(FOLDER.resolve(name).toFile())) {
            return documents.readAll();
        }
    }
}
