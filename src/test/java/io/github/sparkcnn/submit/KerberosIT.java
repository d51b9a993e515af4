package io.github.sparkcnn.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.SparkUnderTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive on YARN and HDFS that ask for tickets of Kerberos and encrypt what they send. */
@Tag("cluster")
class KerberosIT {

    private static final List<String> TRAINING = List.of(
            "train",
            "--set",
            "data.train=/data/train.csv",
            "--set",
            "data.test=/data/test.csv.gz",
            "--set",
            "training.epochs=2",
            "--set",
            "training.workers=2",
            "--set",
            "training.strategy=all-reduce",
            "--output",
            "/models/run");

    /** Of an evaluation, as the last epoch has them too. */
    private static final Pattern FIGURES = Pattern.compile("Images 500  (loss [0-9.]+  accuracy [0-9.]+)");

    @TempDir
    static Path folder;

    private static KerberosCluster cluster;
    private static Path edge;
    private static Path home;

    @BeforeAll
    static void start() throws Exception {
        edge = folder.resolve("edge");
        home = Archive.unpack(edge);
        cluster = KerberosCluster.start(Files.createDirectories(folder.resolve("cluster")));
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void whoHasAKeytabTrainsInTheClusterAndWhoHasATicketEvaluatesHere() throws Exception {
        List<String> options = new ArrayList<>(YarnCluster.SMALL);
        options.addAll(List.of(
                "--deploy-mode", "cluster",
                "--conf", "spark.kerberos.principal=" + KerberosCluster.USER,
                "--conf", "spark.kerberos.keytab=" + cluster.keytab()));

        Program trained = launch("yarn", Map.of(), options, TRAINING);
        assertThat(trained.code()).as(trained.err() + cluster.logs("stderr")).isZero();
        assertThat(cluster.logs("stdout")).contains("Epoch 2/2", "/models/run/model");

        Map<String, String> ticket = Map.of("KRB5CCNAME", cluster.tickets().toString());
        Program evaluated = launch("local", ticket, List.of(), evaluation());
        assertThat(evaluated.code()).as(evaluated.err()).isZero();
        Matcher figures = FIGURES.matcher(evaluated.out());
        assertThat(figures.find()).as(evaluated.out()).isTrue();
        assertThat(cluster.logs("stdout")).contains("  validation " + figures.group(1));
    }

    @Test
    void whoHasNeitherIsToldSoInOneLine() throws Exception {
        Program program = launch("local", Map.of(), List.of(), evaluation());

        assertThat(program.code()).as(program.err()).isEqualTo(2);
        assertThat(program.err().lines())
                .singleElement()
                .asString()
                .startsWith("Cannot look at " + cluster.path("/models/run/model.json")
                        + ": Client cannot authenticate via:[TOKEN, KERBEROS]. Get a ticket with kinit, or ");
    }

    private static List<String> evaluation() {
        return List.of("evaluate", "--model", cluster.path("/models/run"), "--data", cluster.path("/data/test.csv.gz"));
    }

    private static Program launch(
            String launcher, Map<String, String> environment, List<String> options, List<String> words)
            throws Exception {
        String kerberos = cluster.javaOption();
        Map<String, String> all = new HashMap<>(environment);
        all.putIfAbsent("KRB5CCNAME", folder.resolve("nobody.tickets").toString());
        all.put("SPARK_HOME", SparkUnderTest.home().toString());
        all.put("HADOOP_CONF_DIR", cluster.configuration().toString());
        all.put("SPARK_SUBMIT_OPTS", kerberos);
        List<String> command = new ArrayList<>(options);
        if (launcher.equals("yarn")) {
            // Every container would fetch its 270 MB.
            command.addAll(List.of("--jar", "local:" + Archive.jobJar(home)));
            for (String key : List.of("spark.driver.defaultJavaOptions", "spark.executor.defaultJavaOptions")) {
                command.addAll(List.of("--conf", key + "=" + SparkUnderTest.QUICK_START + " " + kerberos));
            }
        }
        command.addAll(words);
        return Program.run(edge, all, home.resolve("submit/" + launcher), command.toArray(String[]::new));
    }
}
