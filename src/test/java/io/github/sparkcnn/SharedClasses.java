package io.github.sparkcnn;

import io.github.sparkcnn.cli.Main;
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
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * The classes of a Spark, parsed and verified once for all JVMs that the tests start (class data sharing): half of what a process of
 * Spark's costs that lives for seconds. A JVM that they do not fit, because something else comes before Spark's jars on its class path,
 * starts without them and says nothing.
 */
final class SharedClasses {

    private static final int PATIENCE_MINUTES = 5;

    private final Path jars;
    private final Path archive;

    private SharedClasses(Path jars, Path archive) {
        this.jars = jars;
        this.archive = archive;
    }

    /**
     * The JVM's options, with blanks between them.
     *
     * @param spark where jars are, which come first on that path
     * @param classPath with this project's classes
     */
    static String options(Path spark, String classPath) throws IOException, InterruptedException {
        Path target = Files.createDirectories(Path.of("target")).toAbsolutePath();
        Path archive = target.resolve(spark.getFileName() + "-classes.jsa");
        if (archive.toString().contains(" ")) {
            return "";
        }
        try (FileChannel lock = FileChannel.open(
                target.resolve(spark.getFileName() + "-classes.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE)) {
            lock.lock(); // of two JVMs with tests one makes them
            SharedClasses classes = new SharedClasses(spark.resolve("jars"), archive);
            if (!classes.areThere()) {
                classes.make(classPath);
            }
        }
        return Files.size(archive) == 0
                ? ""
                : "-Xshare:auto -XX:SharedArchiveFile=" + archive + " -Xlog:disable -Xlog:all=error:stderr";
    }

    private boolean areThere() throws IOException {
        return Files.exists(archive)
                && Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jars)) > 0;
    }

    /** An empty file where that fails: the tests are slower then, and as good. */
    private void make(String classPath) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(archive.getParent(), "classes");
        Path list = folder.resolve("list");
        Path made = folder.resolve("jsa");
        List<String> training = new ArrayList<>(List.of("-XX:DumpLoadedClassList=" + list, "-Xmx1g", "-cp", classPath));
        training.addAll(Arrays.asList(JavaModuleOptions.defaultModuleOptions().split(" ")));
        training.addAll(List.of(
                "-Dspark.master=local-cluster[1,1,1024]",
                "-Dspark.ui.enabled=false",
                "-Dspark.executor.extraClassPath=" + classPath,
                Main.class.getName(),
                "train",
                "--output",
                folder.resolve("run").toString()));
        Stream.of(
                        "data.train=sample:train",
                        "data.test=null",
                        "data.train-images=64",
                        "training.epochs=1",
                        "training.batch-size=16",
                        "training.workers=1",
                        "training.strategy=all-reduce")
                .forEach(setting -> training.addAll(List.of("--set", setting)));
        List<String> dump = List.of(
                "-Xshare:dump", "-XX:SharedClassListFile=" + list, "-XX:SharedArchiveFile=" + made, "-cp", jars + "/*");
        if (!runs(folder.resolve("training.log"), training) || !runs(folder.resolve("dump.log"), dump)) {
            System.out.println("JVMs START WITHOUT SHARED CLASSES, for these could not be made: see " + folder);
            Files.deleteIfExists(made);
            Files.createFile(made);
        }
        Files.move(made, archive, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static boolean runs(Path log, List<String> options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1"));
        command.addAll(options);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(log.toFile()))
                .start();
        boolean ended = process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
        process.destroyForcibly();
        return ended && process.exitValue() == 0;
    }
}
