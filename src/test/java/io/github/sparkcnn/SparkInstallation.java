package io.github.sparkcnn;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * The Spark of {@code SPARK_HOME}, which in the profile {@code spark-4} is not this JVM's, as an installation: its jars, the scripts that
 * those of the Maven build come without, and its classes, parsed and verified once for all JVMs that have its jars at the front of their
 * class path (class data sharing). It is one for all tests, in {@code target}, and is made by the first that asks for it.
 */
final class SparkInstallation {

    private static final Path OF_MAVEN = Path.of(System.getenv("SPARK_HOME")).toAbsolutePath();

    private final Path home;

    private SparkInstallation(Path home) {
        this.home = home;
    }

    static SparkInstallation make() {
        Path home = OF_MAVEN.resolveSibling(OF_MAVEN.getFileName() + "-installed");
        SparkInstallation installation = new SparkInstallation(home);
        try {
            Files.createDirectories(home);
            // Of several test JVMs one makes it.
            try (FileChannel lock =
                    FileChannel.open(home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                lock.lock(); // until it is closed
                installation.makeIfMissing();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return installation;
    }

    Path home() {
        return home;
    }

    /** What Spark's own programs have, and has to be in front of what other JVMs have to share the classes. */
    String classPath() {
        return home.resolve("conf") + File.pathSeparator + home.resolve("jars") + File.separator + "*";
    }

    /** Those with which a JVM starts quickly: it takes the classes from the archive; one that it does not fit reads the jars as ever. */
    List<String> javaOptions() {
        return List.of(
                SparkUnderTest.QUICK_START,
                "-Xshare:auto",
                "-XX:SharedArchiveFile=" + classes(),
                "-Xlog:disable",
                "-Xlog:all=error:stderr");
    }

    private Path classes() {
        return home.resolve("classes.jsa");
    }

    private void makeIfMissing() throws IOException, InterruptedException {
        Path jars = home.resolve("jars");
        if (Files.notExists(jars)) {
            SparkScripts.writeTo(home, javaOptions());
            Files.createSymbolicLink(jars, OF_MAVEN.resolve("jars"));
        }
        Optional<Path> jobJar = jobJar();
        if (!isOfTheseJars(classes()) && jobJar.isPresent()) { // src/bench does without the job jar
            Path written = rehearse(jobJar.get(), Files.createTempDirectory(home, "rehearsal"));
            Files.move(written, classes(), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static boolean isOfTheseJars(Path archive) throws IOException {
        return Files.exists(archive)
                && Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(OF_MAVEN.resolve("jars")))
                        > 0;
    }

    /** Runs commands in one JVM, which keeps the classes of its class path; those of the job jar are not on it. */
    private Path rehearse(Path jobJar, Path folder) throws IOException, InterruptedException {
        Path classes = folder.resolve("classes.jsa");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(Arrays.asList(JavaModuleOptions.defaultModuleOptions().split(" ")));
        command.addAll(List.of(
                "-Xmx1g",
                "-XX:ArchiveClassesAtExit=" + classes,
                "-cp",
                classPath(),
                "org.apache.spark.deploy.SparkSubmit",
                "--master",
                "local[2]",
                "--class",
                "io.github.sparkcnn.cli.Rehearsal",
                jobJar.toString(),
                folder.toString()));
        Path log = folder.resolve("log");
        int code = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(log.toFile()))
                .start()
                .waitFor();
        if (code != 0 || Files.notExists(classes)) {
            throw new IOException("the rehearsal for shared classes ended with " + code + ", see " + log);
        }
        return classes;
    }

    private static Optional<Path> jobJar() throws IOException {
        try (Stream<Path> built = Files.list(Path.of("target"))) {
            return built.filter(file -> file.toString().endsWith("-job.jar")).findFirst();
        }
    }
}
