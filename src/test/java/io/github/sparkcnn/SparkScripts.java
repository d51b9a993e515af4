package io.github.sparkcnn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Collectors;

/** What a Spark installation has in bin, for the jars of the Maven build, which come without. */
public final class SparkScripts {

    private static final String SPARK_CLASS = """
            #!/usr/bin/env bash
            set -euo pipefail
            export SPARK_HOME="%s" SPARK_SCALA_VERSION=%s
            words=()
            while IFS= read -r -d '' word; do words+=("$word"); done \\
              < <(java -Xmx128m %3$s -cp "$SPARK_HOME/jars/*" org.apache.spark.launcher.Main "$@"; printf '%%d\\0' $?)
            [[ ${words[-1]} == 0 ]] || exit "${words[-1]}"
            unset 'words[-1]'
            exec "${words[1]#$'\\n'}" %3$s "${words[@]:2}"
            """;

    private static final String SPARK_SUBMIT = """
            #!/usr/bin/env bash
            exec "$(dirname "$0")/spark-class" org.apache.spark.deploy.SparkSubmit "$@"
            """;

    private SparkScripts() {}

    /** Writes spark-class and spark-submit into the bin of an installation, which run java of the PATH with those options. */
    public static void writeTo(Path sparkHome, List<String> javaOptions) throws IOException {
        Path bin = Files.createDirectories(sparkHome.resolve("bin"));
        write(
                bin.resolve("spark-class"),
                SPARK_CLASS.formatted(
                        sparkHome.toAbsolutePath(), System.getenv("SPARK_SCALA_VERSION"), quoted(javaOptions)));
        write(bin.resolve("spark-submit"), SPARK_SUBMIT);
    }

    /** Between double quotes each, which shells, Spark and {@code JDK_JAVA_OPTIONS} take away. */
    static String quoted(List<String> words) {
        return words.stream().map(word -> '"' + word + '"').collect(Collectors.joining(" "));
    }

    private static void write(Path file, String text) throws IOException {
        Path written = Files.writeString(Files.createTempFile(file.getParent(), "script", ""), text);
        if (!written.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + file + " executable");
        }
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE); // a shell that reads the old one goes on with it
    }
}
