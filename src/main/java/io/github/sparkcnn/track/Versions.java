package io.github.sparkcnn.track;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** What this build is and what it runs on. */
public final class Versions {

    private static final Properties BUILD = load();

    private Versions() {}

    /** The commit that was built; {@code unknown} outside a git checkout. */
    public static String gitCommit() {
        return BUILD.getProperty("git.commit");
    }

    /** This build's version. */
    public static String sparkcnn() {
        return BUILD.getProperty("sparkcnn");
    }

    /** Versions of sparkcnn, Deeplearning4j, Spark, Java and the operating system. */
    public static Map<String, String> all(String spark) {
        Map<String, String> versions = new TreeMap<>();
        versions.put("sparkcnn", sparkcnn());
        versions.put("deeplearning4j", BUILD.getProperty("deeplearning4j"));
        versions.put("spark", spark);
        versions.put("java", System.getProperty("java.runtime.version"));
        versions.put(
                "os",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"));
        return versions;
    }

    private static Properties load() {
        Properties properties = new Properties();
        try (InputStream in = Versions.class.getResourceAsStream("build.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read build.properties of this jar", e);
        }
        return properties;
    }
}
