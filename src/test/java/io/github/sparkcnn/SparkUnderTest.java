package io.github.sparkcnn;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The Spark on which tests start processes. */
public final class SparkUnderTest {

    /** What the JVMs of tests are started with: none lives so long that the optimizing compiler's work pays. */
    public static final String QUICK_START = "-XX:TieredStopAtLevel=1";

    private static final SparkInstallation INSTALLATION = SparkInstallation.make();
    private static final Path COMPILED_WITH = Path.of("target", "spark", "jars");

    private SparkUnderTest() {}

    /** What was said where there is no archive of its classes. */
    static Path log() {
        return INSTALLATION.log();
    }

    /** A folder with its jars and its scripts. */
    public static Path home() {
        return INSTALLATION.home();
    }

    /** Besides {@link #QUICK_START}, those with which JVMs of {@link #classPath()} and of Spark's scripts share Spark's classes. */
    public static List<String> javaOptions() {
        return INSTALLATION.javaOptions();
    }

    /** The same in one text, as Spark's properties have them. */
    public static String javaOptionsText() {
        return SparkScripts.quoted(javaOptions());
    }

    /** The beginning of a command: java with those options and that class path, to which further options and a main class can be added. */
    public static List<String> java() {
        return SparkInstallation.java(javaOptions(), classPath());
    }

    /** Its jars, as its scripts have them, and this JVM's class path without those of the Spark that the tests are compiled with. */
    public static String classPath() {
        return INSTALLATION.classPath()
                + File.pathSeparator
                + Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .filter(entry -> !isOfSpark(Path.of(entry).getFileName().toString()))
                        .collect(Collectors.joining(File.pathSeparator));
    }

    /** Also Hadoop's small cluster, which has a Hadoop of its own in it. */
    private static boolean isOfSpark(String jar) {
        return Files.exists(COMPILED_WITH.resolve(jar)) || jar.startsWith("hadoop-client-minicluster");
    }
}
