package io.github.sparkcnn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What submit/local makes of its words, with a java that prints what it is given: a launcher of Spark's, a rehearsal, a run. */
class LauncherTest {

    private static final String JAVA = """
            #!/usr/bin/env bash
            case " $* " in
              *" org.apache.spark.launcher.Main "*)
                while [[ $1 != org.apache.spark.deploy.SparkSubmit ]]; do shift; done
                printf '\\0\\n%s\\0' "$0"
                printf '%s\\0' -cp "$SPARK_HOME/jars/*" "$@" ;;
              *-XX:ArchiveClassesAtExit=*)
                echo rehearsed >> "$(dirname "$0")/rehearsals"
                [[ -z ${BROKEN:-} ]] || exit 1
                for word in "$@"; do [[ $word != -XX:ArchiveClassesAtExit=* ]] || echo x > "${word#*=}"; done ;;
              *)
                printf '%s\\n' "$@" "LC_ALL=${LC_ALL:-}" "SPARKCNN_LAUNCHER=${SPARKCNN_LAUNCHER:-}" "SPARK_SUBMIT_OPTS=${SPARK_SUBMIT_OPTS:-}" ;;
            esac
            """;

    /** Leaves half a jar meanwhile; says nothing for so long as it is told, and waits for the file GO_ON, if there is to be one. */
    private static final String MAVEN = """
            #!/usr/bin/env bash
            echo half > target/sparkcnn-1-job.jar
            echo "[INFO] Downloaded from central: a.jar"; echo "[INFO] Downloaded from central: b.jar"
            echo "[INFO] --- compiler:3.14.0:compile (default-compile) @ sparkcnn ---"
            sleep "${QUIET:-0}"
            for i in {1..600}; do [[ -n ${GO_ON:-} && ! -e $GO_ON ]] || break; sleep 0.1; done
            echo "[INFO] --- jar:3.4.2:jar (default-jar) @ sparkcnn ---"
            [[ -z ${BROKEN:-} ]] || { echo "[ERROR] no such symbol"; exit 1; }
            echo built >> "$(dirname "$0")/builds"
            printf "[INFO] the end"
            """;

    @TempDir
    Path folder;

    private Path home;
    private Path java;

    @BeforeEach
    void installInAFolderWithASpace() throws IOException {
        home = folder.resolve("my project");
        Files.createDirectories(home.resolve("submit"));
        for (String name : new String[] {"local", "launch"}) {
            Files.copy(Path.of("submit", name), home.resolve("submit").resolve(name));
        }
        Files.createDirectories(home.resolve("target/spark/jars"));
        Files.createFile(home.resolve("target/spark/jars/spark-launcher_2.12-3.5.jar"));
        Files.createFile(home.resolve("target/sparkcnn-1-job.jar"));
        java = program("jdk/bin/java", JAVA);
    }

    @Test
    void worksInAFolderWithASpace() throws Exception {
        List<String> words = run(Map.of(), "train", "my conf");

        assertThat(words)
                .containsSubsequence(
                        "-cp",
                        home + "/target/spark/jars/*:" + home + "/target/sparkcnn-1-job.jar",
                        "org.apache.spark.deploy.SparkSubmit",
                        home + "/conf/spark/local.properties",
                        "spark.driver.defaultJavaOptions=-Dlog4j2.configurationFile=file:"
                                + home.toString().replace(" ", "%20") + "/conf/log4j2.properties",
                        "spark-internal",
                        "train",
                        "my conf");
    }

    @Test
    void forGpusTheirJarsAreOnTheClassPathInsteadOfTheProcessors() throws Exception {
        for (String name :
                List.of("torch/cpu.jar", "gpu/cuda.jar", "gpu/nd4j-cuda-11.6.jar", "gpu-11/nd4j-cuda-11.6.jar")) {
            Files.createDirectories(home.resolve("target").resolve(name).getParent());
            Files.createFile(home.resolve("target").resolve(name));
        }
        String path = home + "/target/spark/jars/*:" + home + "/target/sparkcnn-1-job.jar:" + home + "/target/";

        assertThat(run(Map.of(), "train")).containsSequence("-cp", path + "torch/cpu.jar");
        assertThat(run(Map.of(), "--gpu", "train"))
                .containsSequence("-cp", path + "gpu/cuda.jar")
                .contains(home + "/conf/spark/local.properties");
        assertThat(run(Map.of(), "--gpu-11", "train")).containsSequence("-cp", path + "gpu-11/nd4j-cuda-11.6.jar");

        Path submit = program("spark/bin/spark-submit", "#!/usr/bin/env bash\nprintf '%s\\n' \"$@\"\n");
        assertThat(run(Map.of("SPARK_HOME", submit.getParent().getParent().toString()), "--gpu", "train"))
                .containsSequence("--jars", home + "/target/gpu/cuda.jar");
    }

    @Test
    void javaReadsNamesAsUtf8WhateverTheLocale() throws Exception {
        assertThat(run(Map.of("LC_ALL", "C"), "train")).contains("LC_ALL=C.UTF-8");
        assertThat(run(Map.of("LANG", "POSIX"), "train")).contains("LC_ALL=C.UTF-8");
        assertThat(run(Map.of("LANG", "C.UTF-8"), "train")).contains("LC_ALL=");
    }

    @Test
    void classesAreSharedAfterOneRehearsal() throws Exception {
        String shared = "-XX:SharedArchiveFile=" + home + "/target/sparkcnn-classes.jsa";

        assertThat(run(Map.of(), "train")).contains(shared);
        assertThat(run(Map.of(), "predict")).contains(shared);
        assertThat(rehearsals()).hasSize(1);
        assertThat(run(Map.of("SPARKCNN_CLASS_SHARING", "off"), "train")).doesNotContain(shared);
        try (var left = Files.list(home.resolve("target"))) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("spark", "sparkcnn-1-job.jar", "sparkcnn-classes.jsa", "rehearsal.log");
        }
    }

    @Test
    void aRehearsalThatFailsIsNotRepeatedAndTheCommandRuns() throws Exception {
        assertThat(run(Map.of("BROKEN", "1"), "train"))
                .contains("train")
                .noneMatch(word -> word.startsWith("-XX:SharedArchiveFile"));
        assertThat(run(Map.of(), "train"))
                .contains("train")
                .noneMatch(word -> word.startsWith("-XX:SharedArchiveFile"));
        assertThat(rehearsals()).hasSize(1);
    }

    @Test
    void aUserWithoutANameHasAHome() throws Exception {
        Object user = Files.getAttribute(folder, "unix:uid");
        Map<String, String> nobody = nobody(user);
        Path home = folder.resolve("sparkcnn-" + user);

        for (int run = 0; run < 2; run++) { // makes it, and finds it
            assertThat(run(nobody, "train")).contains("SPARK_SUBMIT_OPTS=\"-Duser.home=" + home + "\" ");
            assertThat(Files.getPosixFilePermissions(home)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        }
        Map<String, String> another = new HashMap<>(nobody);
        another.put("SPARK_SUBMIT_OPTS", "-Duser.home=/theirs");
        assertThat(run(another, "train")) // the last one holds
                .contains("SPARK_SUBMIT_OPTS=\"-Duser.home=" + home + "\" -Duser.home=/theirs");
        assertThat(run(Map.of("PATH", path(), "HOME", folder.toString()), "train"))
                .contains("SPARK_SUBMIT_OPTS=\"-Duser.home=" + folder + "\" ");
    }

    /** JavaCPP would load from it what somebody else has put there. */
    @Test
    void aHomeThatSomebodyElseCouldHaveMadeIsRefused() throws Exception {
        Object user = Files.getAttribute(folder, "unix:uid");
        Path home = folder.resolve("sparkcnn-" + user);
        Files.createDirectory(home, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path foreign = Files.createDirectory(folder.resolve("sparkcnn-12345"));

        assertRefusedHome(nobody("12345"), foreign);
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxrwx---"));
        assertRefusedHome(nobody(user), home);
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xrwx"));
        assertRefusedHome(nobody(user), home);
        Files.move(home, folder.resolve("elsewhere"));
        Files.createSymbolicLink(home, folder.resolve("elsewhere"));
        assertRefusedHome(nobody(user), home);
        Files.delete(home);
        Files.createFile(home);
        assertRefusedHome(nobody(user), home);

        Map<String, String> nowhere = new HashMap<>(nobody(user));
        nowhere.put("TMPDIR", folder.resolve("none").toString());
        assertRefused(
                nowhere,
                "Cannot make " + folder.resolve("none/sparkcnn-" + user) + ": you have no home, and this"
                        + " cannot be made in its place. Set HOME to a folder that you can write to.");
    }

    private void assertRefusedHome(Map<String, String> environment, Path home) throws Exception {
        assertRefused(
                environment,
                "Cannot use " + home + ": it would be in place of your home, and is no folder that is"
                        + " yours and that only you can write to. Set HOME to one, or take it away.");
    }

    private void assertRefused(Map<String, String> environment, String line) throws Exception {
        Path errors = folder.resolve("stderr");
        Process process = launch(environment, errors, "train");

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(errors).hasContent(line);
    }

    /** The environment of a user without a name and a home; of another number than the files' owner, if that is given. */
    private Map<String, String> nobody(Object number) throws IOException {
        program("bin/id", "#!/usr/bin/env bash\necho " + number + "; [[ $1 != -un ]]\n");
        return Map.of("PATH", path(), "HOME", "/nonexistent", "TMPDIR", folder.toString());
    }

    @Test
    void aFileOfOnesOwnIsNotOverruled() throws Exception {
        Path properties =
                Files.writeString(folder.resolve("mine.properties"), "spark.driver.defaultJavaOptions=-Dx=y\n");

        assertThat(run(Map.of(), "--dry-run", "--properties", properties.toString(), "train")
                        .get(0))
                .contains(" --properties-file " + properties)
                .doesNotContain("defaultJavaOptions");
    }

    @Test
    void aSparkOfOnesOwnGetsTheJarAsBefore() throws Exception {
        Path submit = program("spark/bin/spark-submit", "#!/usr/bin/env bash\nprintf '%s\\n' \"$@\"\n");

        assertThat(run(Map.of("SPARK_HOME", submit.getParent().getParent().toString()), "train"))
                .containsSubsequence(
                        "--class", "io.github.sparkcnn.cli.Main", home + "/target/sparkcnn-1-job.jar", "train");
        assertThat(home.resolve("target/sparkcnn-classes.jsa")).doesNotExist();
    }

    /** Of several {@code --jars} Spark takes the last. */
    @Test
    void jarsOfTheUsersAndOfOursAreOneList() throws Exception {
        Files.createDirectories(home.resolve("target/torch"));
        Files.createFile(home.resolve("target/torch/cpu.jar"));
        Path submit = program("spark/bin/spark-submit", "#!/usr/bin/env bash\nprintf '%s\\n' \"$@\"\n");
        Map<String, String> environment = new HashMap<>(
                Map.of("SPARK_HOME", submit.getParent().getParent().toString()));
        String ours = "," + home + "/target/torch/cpu.jar";

        for (String theirs : List.of("--jars mine.jar", "--jars first.jar --conf a=b  --jars mine.jar")) {
            environment.put("SPARKCNN_SUBMIT_OPTIONS", theirs);
            assertThat(run(environment, "train", "--set", "device.engine=torch"))
                    .containsSequence("--jars", "mine.jar" + ours)
                    .doesNotContain("first.jar" + ours);
        }
        environment.put("SPARKCNN_SUBMIT_OPTIONS", "--jars=mine.jar");
        assertThat(run(environment, "train", "--set", "device.engine=torch")).contains("--jars=mine.jar" + ours);
    }

    @Test
    void optionsOfTheEnvironmentAreCutAtBlanksAndNoPatterns() throws Exception {
        Files.createFile(folder.resolve("spark.x=y"));

        String lines = String.join(System.lineSeparator(), "--conf  spark.x=*", "--conf spark.*=y", "");

        assertThat(run(Map.of("SPARKCNN_SUBMIT_OPTIONS", lines), "train"))
                .containsSubsequence("--conf", "spark.x=*", "--conf", "spark.*=y", "spark-internal");
    }

    @Test
    void aClustersMasterIsRefused() throws Exception {
        assertRefused(
                Map.of("SPARKCNN_MASTER", "spark://host:7077"),
                "Cannot run submit/local: SPARKCNN_MASTER is spark://host:7077, which is no local master. Unset it, or"
                        + " take the launcher of that cluster.");
        assertThat(run(Map.of("SPARKCNN_MASTER", "local[2]"), "train")).containsSubsequence("local[2]", "train");
    }

    @Test
    void anOldBashIsRefused() throws Exception {
        Path launch = home.resolve("submit/launch");
        String text = Files.readString(launch);
        assertThat(text).contains(" >= 404))");
        Files.writeString(launch, text.replace(" >= 404))", " >= 9904))"));
        Path errors = folder.resolve("stderr");
        Process process = launch(Map.of(), errors, "train");

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(errors)
                .content()
                .matches("Cannot run .*/submit/local: this is bash \\d+\\.\\d+.*\\. Install bash 4\\.4 or later, and"
                        + " have it first on the PATH\\.\\n");
    }

    @Test
    void aLinkToTheLauncherIsTheLauncher() throws Exception {
        Path project = home;
        home = folder.resolve("linked");
        Path link = Files.createDirectories(home.resolve("submit")).resolve("local");
        Files.createSymbolicLink(link, project.resolve("submit/local"));

        assertThat(run(Map.of("CDPATH", project.toString()), "train"))
                .contains(project + "/conf/spark/local.properties");
    }

    @Test
    void ofTwoJarsOfABuildTheNewerIsTaken() throws Exception {
        for (String older : List.of("0", "2")) {
            Path jar = Files.createFile(home.resolve("target/sparkcnn-" + older + "-job.jar"));
            Files.setLastModifiedTime(jar, FileTime.fromMillis(0));
        }
        stale("#!/usr/bin/env bash\nexit 1");
        Files.setLastModifiedTime(
                home.resolve("target/sparkcnn-1-job.jar"), FileTime.fromMillis(System.currentTimeMillis() + 1000));

        assertThat(run(Map.of("PATH", path()), "train"))
                .contains(home + "/target/spark/jars/*:" + home + "/target/sparkcnn-1-job.jar");
    }

    @Test
    void ofTwoLaunchersOneBuildsAndTheOtherWaits() throws Exception {
        stale(MAVEN);
        Path goOn = folder.resolve("go on");
        Map<String, String> environment = Map.of("PATH", path(), "GO_ON", goOn.toString());
        Path errors = folder.resolve("one");
        Path others = folder.resolve("other");
        Process one = launch(environment, errors, "train");
        Process other = launch(environment, others, "train");
        String waiting = "Waiting for another build of sparkcnn …";
        for (int waited = 0; waited < 1000; waited++) {
            if ((Files.readString(errors) + Files.readString(others)).contains(waiting)) {
                break;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        Files.createFile(goOn);

        assertThat(printed(one, errors)).contains("train");
        assertThat(printed(other, others)).contains("train");
        assertThat(folder.resolve("bin/builds")).hasContent("built");
        assertThat(Files.readString(errors) + Files.readString(others)).containsOnlyOnce(waiting);
    }

    @Test
    void aBuildSaysWhatItIsAt() throws Exception {
        stale(MAVEN);

        run(Map.of("PATH", path(), "QUIET", "2.5"), "train");

        assertThat(Files.readAllLines(folder.resolve("stderr")).stream()
                        .map(line -> line.replaceAll("^ +\\d+ s", "  s")))
                .startsWith("Building sparkcnn (once; some minutes where its libraries have to be fetched, 2 GB) …")
                .containsSubsequence("  s  fetching libraries (1 files)", "  s  compiling", "  s  packing the job jar")
                .noneMatch(line -> line.contains("[INFO]"));
        assertThat(home.resolve("target/build.log"))
                .content()
                .contains("Downloaded from central: b.jar", ":jar ")
                .endsWith("[INFO] the end\n");
    }

    @Test
    void aBuildThatFailsSaysWhy() throws Exception {
        stale(MAVEN);
        Process failed = launch(Map.of("PATH", path(), "BROKEN", "1"), folder.resolve("other"), "train");

        assertThat(failed.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(failed.exitValue()).isEqualTo(1);
        assertThat(Files.readAllLines(folder.resolve("other")))
                .endsWith(
                        "[ERROR] no such symbol",
                        "The build of sparkcnn failed; all that Maven said is in " + home + "/target/build.log");
    }

    @Test
    void theCommandKnowsItsLauncher() throws Exception {
        assertThat(run(Map.of(), "--conf", "spark.x=y z", "train", "--output", "a"))
                .contains("SPARKCNN_LAUNCHER=" + home.toString().replace(" ", "\\ ")
                        + "/submit/local --conf spark.x=y\\ z");
    }

    @Test
    void aBuildThatWasKilledIsRepeated() throws Exception {
        stale("#!/usr/bin/env bash\necho half > target/sparkcnn-1-job.jar; kill -KILL $PPID");
        Process killed = launch(Map.of("PATH", path()), folder.resolve("other"), "train");
        assertThat(killed.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(killed.exitValue()).isNotZero();
        program("bin/mvn", MAVEN);

        assertThat(run(Map.of("PATH", path()), "train")).contains("train");
        assertThat(folder.resolve("bin/builds")).hasContent("built");
    }

    @Test
    void aDryRunPrintsTheCommand() throws Exception {
        List<String> printed = run(Map.of(), "--dry-run", "--conf", "spark.x=y z", "train", "my conf");

        assertThat(printed).hasSize(1);
        assertThat(printed.get(0))
                .startsWith(java + " ")
                .contains(" --conf spark.x=y\\ z ")
                .endsWith(" spark-internal train my\\ conf ");
        assertThat(java.resolveSibling("rehearsals")).doesNotExist();
    }

    /** A checkout whose jar is older than its sources, and a Maven. */
    private void stale(String maven) throws IOException {
        Files.createDirectories(home.resolve("src/main"));
        Files.createDirectories(home.resolve("conf"));
        Files.createFile(home.resolve("conf/reference.conf"));
        Files.createFile(home.resolve("pom.xml"));
        Files.setLastModifiedTime(home.resolve("target/sparkcnn-1-job.jar"), FileTime.fromMillis(0));
        program("bin/mvn", maven);
    }

    private String path() {
        return folder.resolve("bin") + ":" + System.getenv("PATH");
    }

    private List<String> rehearsals() throws IOException {
        return Files.readAllLines(java.resolveSibling("rehearsals"));
    }

    private List<String> run(Map<String, String> environment, String... words) throws Exception {
        Path errors = folder.resolve("stderr");
        return printed(launch(environment, errors, words), errors);
    }

    private static List<String> printed(Process process, Path errors) throws Exception {
        List<String> printed = new String(process.getInputStream().readAllBytes(), UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
        return printed;
    }

    private Process launch(Map<String, String> environment, Path errors, String... words) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(home.resolve("submit/local").toString());
        builder.command().addAll(List.of(words));
        builder.environment()
                .keySet()
                .removeIf(key -> key.startsWith("SPARK") || key.startsWith("LC_") || key.equals("LANG"));
        builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        builder.environment().putAll(environment);
        return builder.redirectError(errors.toFile()).start();
    }

    private Path program(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }
}
