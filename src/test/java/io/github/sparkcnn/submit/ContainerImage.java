package io.github.sparkcnn.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.SparkScripts;
import io.github.sparkcnn.SparkUnderTest;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What submit/k8s/Dockerfile puts in an image, in a folder: a Spark that knows Kubernetes, put together of the Maven build's jars, and what
 * is in the archive, with natives that its own script has unpacked.
 *
 * @param root the folder that stands for the image's /
 */
record ContainerImage(Path root) implements AutoCloseable {

    /** Of the tests' class path, what spark-kubernetes brings. */
    private static final Pattern KUBERNETES = Pattern.compile(
            "(spark-kubernetes_|kubernetes-(client|httpclient|model)|okhttp-|okio-"
                    + "|logging-interceptor-|zjsonpatch-|snakeyaml-|jackson-dataformat-yaml-|jackson-datatype-jsr310-).*\\.jar");

    /** Of Spark's own entrypoint.sh what Java needs; it also runs tini, and finds users without a name one. */
    private static final String ENTRYPOINT = """
            #!/usr/bin/env bash
            set -euo pipefail
            readarray -t options < <(env | grep SPARK_JAVA_OPT_ | sort -t_ -k4 -n | sed 's/[^=]*=\\(.*\\)/\\1/g')
            role=$1
            shift
            case $role in
              driver)
                exec "$SPARK_HOME/bin/spark-submit" --conf "spark.driver.bindAddress=$SPARK_DRIVER_BIND_ADDRESS" \\
                  --conf "spark.executorEnv.SPARK_DRIVER_POD_IP=$SPARK_DRIVER_BIND_ADDRESS" --deploy-mode client "$@" ;;
              executor)
                exec java "${options[@]}" "-Xms$SPARK_EXECUTOR_MEMORY" "-Xmx$SPARK_EXECUTOR_MEMORY" \\
                  -cp "${SPARK_CONF_DIR:-$SPARK_HOME/conf}:${SPARK_CLASSPATH:-}:$SPARK_HOME/jars/*" \\
                  org.apache.spark.scheduler.cluster.k8s.KubernetesExecutorBackend --driver-url "$SPARK_DRIVER_URL" \\
                  --executor-id "$SPARK_EXECUTOR_ID" --cores "$SPARK_EXECUTOR_CORES" --app-id "$SPARK_APPLICATION_ID" \\
                  --hostname "$SPARK_EXECUTOR_POD_IP" --resourceProfileId "$SPARK_RESOURCE_PROFILE_ID" \\
                  --podName "$SPARK_EXECUTOR_POD_NAME" ;;
            esac
            """;

    /** Builds it of the unpacked archive. */
    static ContainerImage build(Path root, Path archive) throws IOException, InterruptedException {
        ContainerImage image = new ContainerImage(root);
        Path jars = Files.createDirectories(image.spark().resolve("jars"));
        try (Stream<Path> ofSpark = Files.list(Path.of(System.getenv("SPARK_HOME"), "jars"))) {
            link(jars, ofSpark.toList());
        }
        link(
                jars,
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(Path::of)
                        .filter(jar ->
                                KUBERNETES.matcher(jar.getFileName().toString()).matches())
                        .toList());
        SparkScripts.writeTo(image.spark(), List.of(SparkUnderTest.QUICK_START));
        Program.write(root.resolve("opt/entrypoint.sh"), ENTRYPOINT);

        Path home = Files.createDirectories(root.resolve("opt/sparkcnn"));
        link(home, List.of(archive.resolve("conf"), archive.resolve("submit")));
        Path jar = Files.createDirectories(home.resolve("lib")).resolve("sparkcnn-job.jar");
        Files.createSymbolicLink(jar, Archive.jobJar(archive));
        Program natives = Program.run(
                home, Map.of(), home.resolve("submit/k8s/unpack-natives"), "lib/sparkcnn-job.jar", "natives");
        assertThat(natives.code()).as(natives.err()).isZero();
        return image;
    }

    Path spark() {
        return root.resolve("opt/spark");
    }

    Path entrypoint() {
        return root.resolve("opt/entrypoint.sh");
    }

    /** What lies where in a container, which mounts volumes over it. */
    Map<String, Path> places() {
        return Map.of("/opt/spark", spark(), "/opt/sparkcnn", root.resolve("opt/sparkcnn"));
    }

    /** Deletes the links to jars, of each of which JUnit would say that it does. */
    @Override
    public void close() throws IOException {
        try (Stream<Path> jars = Files.list(spark().resolve("jars"))) {
            for (Path jar : jars.toList()) {
                Files.delete(jar);
            }
        }
    }

    private static void link(Path folder, List<Path> targets) throws IOException {
        for (Path target : targets) {
            Path link = folder.resolve(target.getFileName());
            if (!Files.exists(link)) { // a jar that Spark has and its client for Kubernetes too
                Files.createSymbolicLink(link, target.toAbsolutePath());
            }
        }
    }
}
