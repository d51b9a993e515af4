package io.github.sparkcnn;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** The Spark on which tests start processes: that of {@code SPARK_HOME}, which in the profile {@code spark-4} is not this JVM's. */
public final class SparkUnderTest {

    private static final Path HOME = Path.of(System.getenv("SPARK_HOME"));
    private static final Path COMPILED_WITH = Path.of("target", "spark", "jars");

    /**
     * What the JVMs of tests are started with, blanks between: none lives so long that the optimizing compiler's work pays, none is so
     * large that a collector with threads of its own does, and all have most of their classes in common.
     */
    public static final String QUICK_START = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC " + sharedClasses();

    private SparkUnderTest() {}

    /** The same one by one. */
    public static List<String> quickStart() {
        return List.of(QUICK_START.trim().split(" "));
    }

    /**
     * This JVM's class path with the jars of that Spark in place of those of the Spark that the tests are compiled with. They come first, as
     * in an installation, and folders last: {@link SharedClasses} are of what a class path begins with, and of jars.
     */
    public static String classPath() {
        return HOME.resolve("jars").toAbsolutePath()
                + File.separator
                + "*"
                + File.pathSeparator
                + Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .filter(entry -> !isOfSpark(Path.of(entry).getFileName().toString()))
                        .sorted(Comparator.comparing(entry -> Files.isDirectory(Path.of(entry))))
                        .collect(Collectors.joining(File.pathSeparator));
    }

    /** Also Hadoop's small cluster, which has a Hadoop of its own in it. */
    private static boolean isOfSpark(String jar) {
        return Files.exists(COMPILED_WITH.resolve(jar)) || jar.startsWith("hadoop-client-minicluster");
    }

    private static String sharedClasses() {
        try {
            return SharedClasses.options(HOME, classPath());
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
