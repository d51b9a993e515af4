package io.github.sparkcnn.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the launchers for clusters make of their words and of what became of the job, with a spark-submit and a curl that are made up. */
class ClusterLauncherTest {

    private static final String DRIVER = "driver-20261128172930-0000";

    /** The master's page as Spark prints it. */
    private static final String JSON = """
            {
              "workers" : [ {
                "id" : "worker-1",
                "webuiaddress" : "http://first:8081",
                "state" : "ALIVE"
              }, {
                "id" : "worker-2",
                "webuiaddress" : "http://second:8081",
                "state" : "ALIVE"
              } ],
              "completeddrivers" : [ {
                "id" : "driver-20261128172930-0001",
                "state" : "FINISHED",
                "worker" : "worker-1",
                "mainclass" : "x"
              }, {
                "id" : "%s",
                "state" : "FAILED",
                "worker" : "worker-2",
                "mainclass" : "x"
              } ]
            }
            """.formatted(DRIVER);

    private static final String CURL = """
            #!/usr/bin/env bash
            for address; do :; done
            case $address in
              http://host:8080/json/) cat "$(dirname "$0")/json" ;;
              http://standby:8080/json/) echo '{ "status" : "STANDBY" }' ;;
              http://second:8081/log/?driverId=%s*logType=stdout*) printf '==== Bytes ====\\nAccuracy 0.9\\n' ;;
              http://second:8081/log/?driverId=%s*logType=stderr*) printf '==== Bytes ====\\n%%b' "$DRIVER_ERRORS" ;;
              *) exit 22 ;;
            esac
            """.formatted(DRIVER, DRIVER);

    private static final String SPARK_SUBMIT = """
            #!/usr/bin/env bash
            printf '%s\\n' "$@" "MALLOC=${MALLOC_TRIM_THRESHOLD_:-} ${MALLOC_MMAP_MAX_:-} ${MALLOC_ARENA_MAX:-}" "LIBRARIES=${LD_LIBRARY_PATH:-}" "SPARK_SUBMIT_OPTS=$SPARK_SUBMIT_OPTS"
            printf '%b' "${LOG:-}" >&2
            exit "${CODE:-0}"
            """;

    @TempDir
    Path folder;

    private Path home;

    @BeforeEach
    void unpackInAFolderWithASpace() throws IOException {
        home = folder.resolve("my cluster");
        for (String name : List.of("launch", "local", "standalone", "yarn", "gpu-discovery")) {
            Files.createDirectories(home.resolve("submit"));
            Files.copy(Path.of("submit", name), home.resolve("submit").resolve(name));
        }
        Files.createDirectories(home.resolve("lib"));
        Files.createFile(home.resolve("lib/sparkcnn-1-job.jar"));
        Program.write(folder.resolve("spark/bin/spark-submit"), SPARK_SUBMIT);
        Program.write(folder.resolve("bin/curl"), CURL);
        Files.writeString(folder.resolve("bin/json"), JSON);
        Files.createDirectories(folder.resolve("hadoop"));
        Files.writeString(folder.resolve("mine.conf"), "");
    }

    @Test
    void standaloneTakesTheWordsOfLocal() throws Exception {
        Program program = launch("standalone", "--master spark://host:7077 --conf spark.x=y train mine.conf --set a=b");

        assertThat(program.code()).isZero();
        assertThat(program.out().lines())
                .containsSequence(
                        "--class",
                        "io.github.sparkcnn.cli.Main",
                        "--master",
                        "spark://host:7077",
                        "--deploy-mode",
                        "client",
                        "--properties-file",
                        home + "/conf/spark/standalone.properties",
                        "--conf",
                        "spark.x=y",
                        home + "/lib/sparkcnn-1-job.jar",
                        "train",
                        "mine.conf",
                        "--set",
                        "a=b");
        assertThat(program.out())
                .contains("SPARK_SUBMIT_OPTS=-Dlog4j2.configurationFile=file:"
                        + home.toString().replace(" ", "%20") + "/conf/log4j2.properties");
    }

    @Test
    void aDriverOnAWorkerIsGivenTheExperimentsWholePath() throws Exception {
        Program program =
                launch("standalone", "--master spark://host:7077 --deploy-mode cluster --dry-run train mine.conf");

        assertThat(program.code()).isZero();
        assertThat(program.out())
                .startsWith(folder + "/spark/bin/spark-submit ")
                .contains(" --deploy-mode cluster ", " train " + folder.toRealPath() + "/mine.conf ")
                .hasLineCount(1);
    }

    @Test
    void aDriverInYarnIsSentTheExperiment() throws Exception {
        assertThat(launch("yarn", "--deploy-mode cluster --gpu train mine.conf")
                        .out()
                        .lines())
                .containsSequence("--files", folder.toRealPath() + "/mine.conf," + home + "/submit/gpu-discovery")
                .containsSequence("--properties-file", home + "/conf/spark/yarn-gpu.properties")
                .containsSequence("train", "mine.conf");
        assertThat(launch("yarn", "train mine.conf").out()).doesNotContain("--files");
    }

    /** Of several {@code --files} Spark takes the last, and of a file's properties none beside them. */
    @Test
    void aDriverInYarnIsSentWhatPropertiesNameToo() throws Exception {
        Files.writeString(
                folder.resolve("mine.properties"),
                "spark.files /a,\\\n    /b  \nspark.yarn.dist.files=/c\n#spark.files=/no\n");
        String sent = folder.toRealPath() + "/mine.conf,";

        assertThat(launch("yarn", "--deploy-mode cluster --properties mine.properties train mine.conf")
                        .out()
                        .lines())
                .containsSequence("--files", sent + "/a,/b,/c");
        assertThat(launch("yarn", "--deploy-mode cluster --conf spark.files=/d train mine.conf")
                        .out()
                        .lines())
                .containsSequence("--files", sent + "/d");
        Map<String, String> ofAll = Map.of("SPARKCNN_SUBMIT_OPTIONS", "--conf spark.files=/e");
        assertThat(launch("yarn", "--deploy-mode cluster train mine.conf", ofAll)
                        .out()
                        .lines())
                .containsSequence("--files", sent + "/e");
        assertThat(launch("yarn", "--properties mine.properties train mine.conf")
                        .out())
                .doesNotContain("--files");
    }

    /** Of several Spark takes the last. */
    @Test
    void filesAndJarsOfTheUsersAreSentBesideOurs() throws Exception {
        Files.createDirectories(home.resolve("lib/torch"));
        Files.createFile(home.resolve("lib/torch/torch.jar"));
        Map<String, String> environment =
                Map.of("SPARKCNN_SUBMIT_OPTIONS", "--files /mine.xml,/yours.xml --jars mine.jar");

        List<String> out = launch(
                        "yarn", "--deploy-mode cluster train mine.conf --set device.engine=torch", environment)
                .out()
                .lines()
                .toList();

        assertThat(out)
                .containsSequence("--files", "/mine.xml,/yours.xml," + folder.toRealPath() + "/mine.conf")
                .containsSequence("--jars", "mine.jar," + home + "/lib/torch/torch.jar")
                .containsOnlyOnce("--files", "--jars");
    }

    @Test
    void aLauncherThatIsALinkKnowsItsPlaceAndItsName() throws Exception {
        Path project = home;
        home = folder.resolve("linked");
        Path link = Files.createDirectories(home.resolve("submit")).resolve("on-yarn");
        Files.createSymbolicLink(link, project.resolve("submit/yarn"));

        assertThat(launch("on-yarn", "train").out().lines())
                .contains(project + "/conf/spark/yarn.properties", project + "/lib/sparkcnn-1-job.jar");
    }

    @Test
    void ofSeveralMastersTheOneThatKnowsTheDriverIsAsked() throws Exception {
        String log = "Driver successfully submitted as " + DRIVER + "\\n";

        Program program = launch(
                "standalone",
                "--master spark://gone:7077,standby:7077,host:7077 --deploy-mode cluster train",
                Map.of("LOG", log, "DRIVER_ERRORS", "Cannot x: y. Z.\\n"));

        assertThat(program.code()).as(program.err()).isEqualTo(2);
        assertThat(program.out()).endsWith("\nAccuracy 0.9\n");
    }

    @ParameterizedTest
    @CsvSource({
        "tune --space=a/mine.conf mine.conf, tune --space={a/mine.conf} {mine.conf}",
        "tune mine.conf --space a/mine.conf, tune {mine.conf} --space {a/mine.conf}",
        "tune --space a/space, tune --space {a/space}",
        "tune --space hdfs:/a.conf none.conf, tune --space hdfs:/a.conf none.conf",
    })
    void aDriverOnAWorkerIsGivenTheWholePathsOfExperimentAndSpace(String words, String driver) throws Exception {
        writeSpaces();

        assertThat(launch("standalone", "--master spark://host:7077 --deploy-mode cluster --dry-run " + words)
                        .out())
                .endsWith(" " + driver.replace("{", folder.toRealPath() + "/").replace("}", "") + " \n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tune --space a/mine.conf mine.conf | mine.conf,*/mine-2.conf | tune --space mine-2.conf mine.conf",
                "tune mine.conf --space=a/mine.conf | mine.conf,*/mine-2.conf | tune mine.conf --space=mine-2.conf",
                "tune --space a/space mine.conf     | mine.conf,a/space       | tune --space space mine.conf",
                "tune --space link.conf mine.conf   | mine.conf,*/link.conf   | tune --space link.conf mine.conf",
            })
    void aDriverInYarnIsSentTheSpaceTooUnderANameOfItsOwn(String words, String files, String driver) throws Exception {
        writeSpaces();
        Program.write(folder.resolve("spark/bin/spark-submit"), """
                #!/usr/bin/env bash
                printf '%s ' "$@"
                echo
                while [[ $1 != --files ]]; do shift; done
                IFS=, read -ra files <<<"$2"
                printf '%s\\n' "$2"
                cat "${files[@]}"
                """);
        Files.writeString(folder.resolve("mine.conf"), "the experiment\n");
        Path here = folder.toRealPath();

        List<String> out =
                launch("yarn", "--deploy-mode cluster " + words).out().lines().toList();

        assertThat(out.get(0)).endsWith(" " + driver + " ");
        assertThat(out.get(1))
                .matches(Stream.of(files.split(","))
                        .map(file -> file.startsWith("*")
                                ? "/[^, ]+" + Pattern.quote(file.substring(1))
                                : Pattern.quote(here + "/" + file))
                        .collect(Collectors.joining(",")));
        assertThat(out.subList(2, out.size())).containsExactly("the experiment", "the space");
        assertThat(Path.of(out.get(1).split(",", -1)[1]))
                .as("a copy goes when the launcher ends")
                .satisfies(sent -> assertThat(Files.exists(sent)).isEqualTo(sent.startsWith(here)));
        assertThat(launch("yarn", "--deploy-mode cluster --dry-run " + words).out())
                .contains(" --files ")
                .endsWith(" " + driver + " \n")
                .hasLineCount(1);
    }

    @Test
    void aPathWithASpaceAndACommaIsOneFile() throws Exception {
        Path experiment = folder.resolve("my, own/an experiment.conf");
        Files.createDirectories(experiment.getParent());
        Files.writeString(experiment, "device.engine = torch");
        Files.createDirectories(home.resolve("lib/torch"));
        Files.createFile(home.resolve("lib/torch/torch.jar"));
        String[] words = {"--deploy-mode", "cluster", "tune", "--space=" + experiment};

        assertThat(run("yarn", Map.of(), words).out().lines())
                .containsSequence("--jars", home + "/lib/torch/torch.jar")
                .anyMatch(line -> line.matches("/[^, ]+/an-experiment\\.conf"))
                .containsSequence("tune", "--space=an-experiment.conf");
        assertThat(run("standalone", Map.of("SPARKCNN_MASTER", "spark://host:7077"), words)
                        .out()
                        .lines())
                .containsSequence("tune", "--space=" + experiment.toRealPath());
    }

    private void writeSpaces() throws IOException {
        Files.createDirectories(folder.resolve("a"));
        Files.writeString(folder.resolve("a/mine.conf"), "the space\n");
        Files.writeString(folder.resolve("a/space"), "the space\n");
        Files.createSymbolicLink(folder.resolve("link.conf"), Path.of("a/mine.conf"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "train --set device.engine=torch                     | lib/torch/torch.jar",
                "predict --engine torch                              | lib/torch/torch.jar",
                "predict --engine=torch                              | lib/torch/torch.jar",
                "train libtorch.conf                                 | lib/torch/torch.jar",
                "--gpu train                                         | lib/gpu/a.jar,lib/gpu/b.jar",
                "--gpu train --set device.engine=torch               | lib/gpu/a.jar,lib/gpu/b.jar",
                "--gpu-11 train                                      | lib/gpu-11/nd4j.jar",
                "train                                               | ''",
                "train mine.conf                                     | ''",
                "--conf spark.jars=local:/x.jar predict --engine torch | ''",
                "--properties named.properties --gpu train           | ''",
            })
    void jarsThatOnlySomeJobsNeedAreSentToThose(String words, String jars) throws Exception {
        for (String name : List.of(
                "torch/torch.jar",
                "gpu/b.jar",
                "gpu/a.jar",
                "gpu/nd4j-cuda.jar",
                "gpu/cuda-11.6.jar",
                "gpu-11/nd4j.jar")) {
            Files.createDirectories(home.resolve("lib").resolve(name).getParent());
            Files.createFile(home.resolve("lib").resolve(name));
        }
        Files.writeString(
                folder.resolve("libtorch.conf"), "device {\n  threads = 2 # of torch\n  engine = \"torch\"\n}");
        Files.writeString(folder.resolve("mine.conf"), "device.engine = auto # engine = torch is another\n");
        Files.writeString(folder.resolve("named.properties"), "spark.jars local:/opt/torch/torch.jar\n");

        List<String> out = launch("standalone", "--master spark://host:7077 " + words)
                .out()
                .lines()
                .toList();

        int at = out.indexOf("--jars");
        assertThat(at < 0 ? "" : out.get(at + 1)).isEqualTo(jars.replace("lib/", home + "/lib/"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "train --set device.engine=torch                    | 2147483647 0 1",
                "predict --engine torch                             | 2147483647 0 1",
                "train                                              | '  '",
                "--gpu train --set device.engine=torch              | '  '",
                "--gpu-11 train                                     | '  '"
            })
    void whereLibtorchComputesOnProcessorsFreedMemoryIsKept(String words, String here) throws Exception {
        for (String launcher : List.of("standalone --master spark://host:7077 ", "yarn ", "local ")) {
            String[] call = (launcher + words).split(" ", 2);
            List<String> out = launch(call[0], call[1]).out().lines().toList();

            assertThat(out).contains("MALLOC=" + here);
            assertThat(out.stream().filter(word -> word.startsWith("spark.executorEnv.MALLOC_")))
                    .containsExactlyInAnyOrder(
                            here.isBlank()
                                    ? new String[0]
                                    : new String[] {
                                        "spark.executorEnv.MALLOC_TRIM_THRESHOLD_=2147483647",
                                        "spark.executorEnv.MALLOC_MMAP_MAX_=0",
                                        "spark.executorEnv.MALLOC_ARENA_MAX=1"
                                    });
        }
    }

    /** Behind what the user names; on clusters that is the executors' affair. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "local | --gpu train    | /mine:/usr/local/cuda/lib64:/usr/local/cuda/extras/CUPTI/lib64",
                "local | --gpu-11 train | /mine:/usr/local/cuda/lib64:/usr/local/cuda/extras/CUPTI/lib64",
                "local | train          | /mine",
                "yarn  | --gpu train    | /mine"
            })
    void onThisMachinesGpuTheLoaderLooksWhereCudaIs(String launcher, String words, String folders) throws Exception {
        assertThat(launch(launcher, words, Map.of("LD_LIBRARY_PATH", "/mine"))
                        .out()
                        .lines())
                .contains("LIBRARIES=" + folders);
    }

    /** It trains with training.strategy = local. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "yarn --deploy-mode cluster            | spark.yarn.appMasterEnv.",
                "yarn                                  | ''",
                "standalone --deploy-mode cluster --master spark://host:7077 | ''"
            })
    void aDriverInTheClusterKeepsFreedMemoryToo(String call, String environment) throws Exception {
        String[] launcher = call.split(" ", 2);
        String options = launcher.length == 1 ? "" : launcher[1] + " ";
        Files.writeString(folder.resolve("half.properties"), "spark.yarn.appMasterEnv.MALLOC_MMAP_MAX_=8\n");

        List<String> out = launch(launcher[0], options + "train --set device.engine=torch")
                .out()
                .lines()
                .toList();
        List<String> said = launch(
                        launcher[0], "--properties half.properties " + options + "train --set device.engine=torch")
                .out()
                .lines()
                .toList();

        assertThat(out).contains("spark.executorEnv.MALLOC_TRIM_THRESHOLD_=2147483647");
        assertThat(out.stream().filter(word -> word.matches("spark\\.yarn\\..*Env\\.MALLOC_.*")))
                .containsExactlyInAnyOrder(
                        environment.isEmpty()
                                ? new String[0]
                                : new String[] {
                                    environment + "MALLOC_TRIM_THRESHOLD_=2147483647",
                                    environment + "MALLOC_MMAP_MAX_=0",
                                    environment + "MALLOC_ARENA_MAX=1"
                                });
        assertThat(said).doesNotContain("spark.yarn.appMasterEnv.MALLOC_MMAP_MAX_=0");
    }

    @Test
    void whatSomebodySaysOfFreedMemoryHolds() throws Exception {
        Files.writeString(folder.resolve("named.properties"), "spark.executorEnv.MALLOC_MMAP_MAX_  8\n");

        List<String> out = launch(
                        "standalone",
                        "--master spark://host:7077 --properties named.properties"
                                + " --conf spark.executorEnv.MALLOC_TRIM_THRESHOLD_=9 predict --engine torch",
                        Map.of("MALLOC_MMAP_MAX_", "7"))
                .out()
                .lines()
                .toList();

        assertThat(out).contains("MALLOC=2147483647 7 1");
        // Spark takes the last.
        assertThat(out.stream().filter(word -> word.startsWith("spark.executorEnv.MALLOC_")))
                .containsExactly(
                        "spark.executorEnv.MALLOC_ARENA_MAX=1",
                        "spark.executorEnv.MALLOC_TRIM_THRESHOLD_=2147483647",
                        "spark.executorEnv.MALLOC_TRIM_THRESHOLD_=9");
    }

    @Test
    void submitLocalNeedNotSendWhatIsHere() throws Exception {
        Files.createDirectories(home.resolve("lib/torch"));
        Files.createFile(home.resolve("lib/torch/torch.jar"));
        Path plain = Files.move(home, folder.resolve("plain"));
        home = plain;

        assertThat(launch("local", "predict --engine torch").out().lines())
                .containsSequence("--jars", "local:" + plain + "/lib/torch/torch.jar")
                .contains("local:" + plain + "/lib/sparkcnn-1-job.jar");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FINISHED | ''                                                     | 0 | ''",
                "FAILED   | 'INFO x\\nCannot read x: why. What.\\nINFO y\\n'       | 2 | 'Cannot read x: why. What.\n'",
                "FAILED   | 'INFO x\\nCannot y\\n\\tat z\\nFailed: all\\nINFO y\\n' | 1 | Failed: all",
                "FAILED   | ''                                                     | 1 | is FAILED",
                "KILLED   | ''                                                     | 1 | is KILLED",
                "ERROR    | 'Cannot read x: why. What.\\n'                         | 1 | is ERROR",
            })
    void theDriversEndIsTheLaunchers(String state, String errors, int code, String said) throws Exception {
        String log = "12:00:00 INFO ClientEndpoint: Driver successfully submitted as " + DRIVER + "\\n"
                + "12:00:01 INFO ClientEndpoint: State of driver " + DRIVER + " is " + state
                + ", exiting spark-submit JVM.\\n";

        Program program = launch(
                "standalone",
                "--master spark://host:7077 --deploy-mode cluster train",
                Map.of("LOG", log, "DRIVER_ERRORS", errors));

        assertThat(program.code()).isEqualTo(code);
        assertThat(program.out()).endsWith("\nAccuracy 0.9\n");
        assertThat(program.err()).contains(said);
    }

    @Test
    void aStateThatSparkDoesNotSayIsAskedOfTheMaster() throws Exception {
        Program program = launch(
                "standalone",
                "--master spark://host:7077 --deploy-mode cluster train",
                Map.of(
                        "LOG",
                        "Driver successfully submitted as " + DRIVER + "\\n",
                        "DRIVER_ERRORS",
                        "Cannot x: y. Z.\\n"));

        assertThat(program.code()).isEqualTo(2);
        assertThat(program.err()).endsWith("Cannot x: y. Z.\n");
    }

    @Test
    void aJobThatNobodyTookHasFailed() throws Exception {
        assertThat(launch("standalone", "--master spark://host:7077 --deploy-mode cluster train")
                        .code())
                .isEqualTo(1);
        assertThat(launch("standalone", "--master spark://host:7077 --deploy-mode cluster train", Map.of("CODE", "255"))
                        .code())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | ''                                                         | 0 | ''",
                "1 | 'due to AM Container for x exited with  exitCode: 2\\nCannot x: y. Z.\\n12:00 INFO' | 2 | 'Cannot x: y. Z.\n'",
                "1 | 'due to AM Container for x exited with  exitCode: 2\\n'     | 2 | ''",
                "1 | 'User application exited with status 2'                    | 2 | ''",
                "1 | 'due to AM Container for x exited with  exitCode: 1\\nCannot' | 1 | ''",
                "1 | 'due to AM Container for x exited with  exitCode: 24'      | 1 | ''",
            })
    void theApplicationsEndIsTheLaunchers(String sparks, String diagnostics, int code, String last) throws Exception {
        Program program = launch(
                "yarn",
                "--deploy-mode cluster train",
                Map.of("CODE", sparks, "LOG", "Submitted application application_1_0002\\n" + diagnostics + "\\n"));

        assertThat(program.code()).isEqualTo(code);
        assertThat(program.err().contains("yarn logs -applicationId application_1_0002\n"))
                .isEqualTo(code != 0);
        assertThat(program.err()).endsWith(last);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "standalone | train | Cannot run submit/standalone: the cluster is not named.",
                "standalone | --master yarn train | Cannot run on yarn: that is no standalone cluster.",
                "standalone | --master | Cannot run submit/standalone: --master has no value.",
                "standalone | --master spark://h:1 | Cannot run submit/standalone: no command is given.",
                "standalone | --master spark://h:1 --nodes 3 train | Cannot run submit/standalone: there is no option --nodes.",
                "standalone | --deploy-mode here train | Cannot use --deploy-mode here: the driver runs here or in the cluster.",
                "standalone | --conf spark.x train | Cannot use --conf spark.x: it has no KEY=VALUE.",
                "standalone | --properties none train | Cannot read none: there is no such file.",
                "yarn | --jar none.jar train | Cannot read none.jar: there is no such file.",
                "yarn | --master yarn train | Cannot run submit/yarn: there is no option --master.",
            })
    void aMistakeIsOneLine(String launcher, String words, String line) throws Exception {
        Program program = launch(launcher, words);

        assertThat(program.code()).isEqualTo(2);
        assertThat(program.out()).isEmpty();
        assertThat(program.err()).startsWith(line + " ").hasLineCount(1);
    }

    /** Neither is an option of the launcher's, which would be left out. */
    @Test
    void whatIsNoOptionIsPassedOn() throws Exception {
        for (String word : List.of("", "--conf --jar")) {
            Program program = run("yarn", Map.of(), "--conf", "spark.x=y", word, "train");

            assertThat(program.code()).isEqualTo(word.isEmpty() ? 0 : 2);
            if (word.isEmpty()) {
                assertThat(program.out().lines()).containsSequence(home + "/lib/sparkcnn-1-job.jar", "", "train");
            } else {
                assertThat(program.err()).startsWith("Cannot run submit/yarn: there is no option " + word + ". ");
            }
        }
    }

    @Test
    void ofTwoJobJarsNoneIsTaken() throws Exception {
        Files.createFile(home.resolve("lib/sparkcnn-job.jar"));

        assertMistake(
                "yarn",
                Map.of(),
                "Cannot find the job jar: there are several: " + home + "/lib/sparkcnn-1-job.jar, " + home
                        + "/lib/sparkcnn-job.jar. Delete all but one of them.");
    }

    @Test
    void theArchivesJobJarHasNoVersion() throws Exception {
        Files.move(home.resolve("lib/sparkcnn-1-job.jar"), home.resolve("lib/sparkcnn-job.jar"));

        assertThat(launch("yarn", "train").out().lines()).containsSequence(home + "/lib/sparkcnn-job.jar", "train");
    }

    @Test
    void whatIsMissingHereIsOneLine() throws Exception {
        assertMistake(
                "yarn",
                Map.of("HADOOP_CONF_DIR", ""),
                "Cannot run submit/yarn: neither HADOOP_CONF_DIR nor YARN_CONF_DIR is set.");
        assertMistake("yarn", Map.of("HADOOP_CONF_DIR", "/none"), "Cannot run submit/yarn: there is no folder /none.");
        assertMistake(
                "yarn",
                Map.of("SPARK_HOME", ""),
                "Cannot find Spark: SPARK_HOME is not set, and there is no spark-submit on the PATH.");
        assertMistake("local", Map.of("SPARK_HOME", "/none"), "Cannot use SPARK_HOME: /none has no bin/spark-submit.");
        Files.delete(home.resolve("lib/sparkcnn-1-job.jar"));
        assertMistake("yarn", Map.of(), "Cannot find the job jar: " + home + "/lib holds no sparkcnn-job.jar.");
    }

    @Test
    void helpIsTheHeader() throws Exception {
        Program program = launch("yarn", "--help");

        assertThat(program.code()).isZero();
        assertThat(program.out())
                .startsWith("Runs a command on YARN: ")
                .contains("\n  --gpu ")
                .doesNotContain("set -euo");
    }

    private void assertMistake(String launcher, Map<String, String> environment, String line) throws Exception {
        Program program = launch(launcher, "train", environment);
        assertThat(program.code()).isEqualTo(2);
        assertThat(program.err()).startsWith(line).hasLineCount(1);
    }

    private Program launch(String launcher, String words) throws Exception {
        return launch(launcher, words, Map.of());
    }

    private Program launch(String launcher, String words, Map<String, String> environment) throws Exception {
        return run(launcher, environment, words.split(" ", -1));
    }

    private Program run(String launcher, Map<String, String> environment, String... words) throws Exception {
        Map<String, String> all = new HashMap<>(Map.of(
                "PATH", folder.resolve("bin") + ":" + System.getenv("PATH"),
                "SPARK_HOME", folder.resolve("spark").toString(),
                "HADOOP_CONF_DIR", folder.resolve("hadoop").toString()));
        all.putAll(environment);
        return Program.run(folder, all, home.resolve("submit").resolve(launcher), words);
    }
}
