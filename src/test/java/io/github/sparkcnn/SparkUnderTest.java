package io.github.sparkcnn;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The Spark on which tests start processes: that of {@code SPARK_HOME}, which in the profile {@code spark-4} is not this JVM's. */
public final class SparkUnderTest {

    /** What the JVMs of tests are started with: none lives so long that the optimizing compiler's work pays. */
    public static final String QUICK_START = "-XX:TieredStopAtLevel=1";

    private static final Path HOME = Path.of(System.getenv("SPARK_HOME"));
    private static final Path COMPILED_WITH = Path.of("target", "spark", "jars");

    private SparkUnderTest() {}

    /** This JVM's class path with the jars of that Spark in place of those of the Spark that the tests are compiled with. */
    public static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .filter(entry -> !isOfSpark(Path.of(entry).getFileName().toString()))
                        .collect(Collectors.joining(File.pathSeparator))
                + File.pathSeparator
                + HOME.resolve("jars").toAbsolutePath()
                + File.separator
                + "*";
    }

    /** Also Hadoop's small cluster, which has a Hadoop of its own in it. */
    private static boolean isOfSpark(String jar) {
        return Files.exists(COMPILED_WITH.resolve(jar)) || jar.startsWith("hadoop-client-minicluster");
    }
}
