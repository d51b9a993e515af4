package io.github.sparkcnn.submit;

import io.github.sparkcnn.SparkUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a Spark installation has in bin, for the jars of the Maven build, which come without. */
final class SparkScripts {

    private static final String SPARK_CLASS = """
            #!/usr/bin/env bash
            set -euo pipefail
            export SPARK_HOME=%s SPARK_SCALA_VERSION=%s
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

    /** Makes a folder a Spark installation with the jars of {@code SPARK_HOME}. */
    static Path installIn(Path spark) throws IOException {
        Files.createDirectories(spark);
        Path jars = Path.of(System.getenv("SPARK_HOME"), "jars").toAbsolutePath();
        Files.createSymbolicLink(spark.resolve("jars"), jars);
        writeTo(Files.createDirectories(spark.resolve("bin")), spark);
        return spark;
    }

    /** Writes spark-class and spark-submit, which run java of the PATH. */
    static void writeTo(Path folder, Path sparkHome) throws IOException {
        write(
                folder.resolve("spark-class"),
                SPARK_CLASS.formatted(
                        sparkHome.toAbsolutePath(), System.getenv("SPARK_SCALA_VERSION"), SparkUnderTest.QUICK_START));
        write(folder.resolve("spark-submit"), SPARK_SUBMIT);
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
        if (!file.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + file + " executable");
        }
    }
}
