package io.github.sparkcnn;

import java.io.File;
import java.io.IOException;
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
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * The Spark of {@code SPARK_HOME}, which in the profile {@code spark-4} is not this JVM's, as an installation: its jars, the scripts that
 * those of the Maven build come without, and its classes, parsed and verified once for all JVMs that have its jars at the front of their
 * class path (class data sharing). It is one for all tests, in {@code target}, and is made by the first that asks for it.
 */
final class SparkInstallation {

    private static final Path GIVEN = Path.of(System.getenv("SPARK_HOME")).toAbsolutePath();
    private static final int MOST_MINUTES = 15;

    private final Path home;

    private SparkInstallation(Path home) {
        this.home = home;
    }

    static SparkInstallation make() {
        Path home = Path.of("target", GIVEN.getFileName() + "-installed").toAbsolutePath();
        SparkInstallation installation = new SparkInstallation(home);
        try {
            Files.createDirectories(home);
            // Of several test JVMs one makes it.
            try (FileChannel lock =
                    FileChannel.open(home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                lock.lock(); // until it is closed
                installation.bringUpToDate();
            }
        } catch (IOException e) {
            throw new FileException("install Spark in", home, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return installation;
    }

    /** The beginning of a command, to which further options and a main class can be added. */
    static List<String> java(List<String> options, String classPath) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(Arrays.asList(JavaModuleOptions.defaultModuleOptions().split(" ")));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath));
        return command;
    }

    Path home() {
        return home;
    }

    /** What Spark's own programs have, and has to be in front of what other JVMs have to share the classes. */
    String classPath() {
        return home.resolve("conf") + File.pathSeparator + home.resolve("jars") + File.separator + "*";
    }

    /** Those with which a JVM starts quickly: where there is an archive, and its class path begins as the archive's, it takes Spark's classes from there. */
    List<String> javaOptions() {
        List<String> options = new ArrayList<>(List.of(SparkUnderTest.QUICK_START));
        if (Files.exists(archive())) {
            options.addAll(List.of(
                    "-Xshare:auto", "-XX:SharedArchiveFile=" + archive(), "-Xlog:disable", "-Xlog:all=error:stderr"));
        }
        return options;
    }

    /** What the JVM said that was to write the archive. */
    Path log() {
        return home.resolve("rehearsal.log");
    }

    private Path archive() {
        return home.resolve("classes.jsa");
    }

    private void bringUpToDate() throws IOException, InterruptedException {
        Path writtenFor = home.resolve("written-for");
        String now = javaAndJars();
        if (Files.notExists(writtenFor) || !Files.readString(writtenFor).equals(now)) {
            Files.deleteIfExists(writtenFor);
            Files.deleteIfExists(archive());
            Files.deleteIfExists(home.resolve("jars"));
            Files.createSymbolicLink(home.resolve("jars"), GIVEN.resolve("jars"));
            Files.writeString(writtenFor, now);
        }
        // Without it, as src/bench may be, there is no archive either.
        Optional<Path> jobJar = JobJar.in(Path.of("target"));
        if (jobJar.isPresent() && Files.notExists(archive())) {
            rehearse(jobJar.get());
        }
        SparkScripts.writeTo(home, javaOptions());
    }

    /** What an archive holds for: this version of Java, and these jars as they are. */
    private static String javaAndJars() throws IOException {
        try (Stream<Path> jars = Files.list(GIVEN.resolve("jars"))) {
            return jars.map(Path::toFile)
                    .sorted()
                    .map(jar -> jar + " " + jar.length() + " " + jar.lastModified())
                    .collect(Collectors.joining("\n", System.getProperty("java.vm.version") + "\n", "\n"));
        }
    }

    /** Runs commands in one JVM, which keeps the classes of its class path; those of the job jar are not on it. */
    private void rehearse(Path jobJar) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(home, "rehearsal");
        Path written = folder.resolve("classes.jsa");
        List<String> command = java(List.of("-XX:ArchiveClassesAtExit=" + written), classPath());
        command.addAll(List.of(
                "-Xmx1g",
                "org.apache.spark.deploy.SparkSubmit",
                "--master",
                "local[2]",
                "--class",
                "io.github.sparkcnn.cli.Rehearsal",
                jobJar.toString(),
                folder.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(log().toFile()))
                .start();
        try {
            if (process.waitFor(MOST_MINUTES, TimeUnit.MINUTES) && process.exitValue() == 0 && Files.exists(written)) {
                Files.move(written, archive(), StandardCopyOption.ATOMIC_MOVE);
            }
        } finally {
            process.destroyForcibly().onExit().join();
            FileUtils.deleteDirectory(folder.toFile());
        }
    }
}
