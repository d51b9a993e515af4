package io.github.sparkcnn.ml;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.SparkTest;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page spark-ml shows runs as it stands there, and its table is that of the parameters. */
class SparkMlPageTest extends SparkTest {

    private static final String IMPORTS = Stream.of(
                    "io.github.sparkcnn.api.*",
                    "io.github.sparkcnn.data.ImageTable",
                    "io.github.sparkcnn.ml.*",
                    "org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator",
                    "org.apache.spark.sql.*")
            .map(name -> "import " + name + ";\n")
            .collect(Collectors.joining());

    private static String page;

    @TempDir
    Path folder;

    @BeforeAll
    static void read() throws IOException {
        page = Files.readString(Path.of("src/site/markdown/spark-ml.md"));
    }

    @Test
    void theStageOfSparkMlRuns() throws Exception {
        Dataset<Row> photos = SampleFrames.train(spark())
                .select(col("id"), col("features").as("photo"), col("label").as("kind"))
                .cache();

        run("SparkMl", examples("java").get(0), photos);

        assertThat(folder.resolve("models/photos/model/model.zip")).exists();
    }

    @Test
    void theVerbsRun() throws Exception {
        // A sample of 12,000 would be trained for a minute.
        String smaller = examples("java")
                .get(1)
                .replace("cnn.images(\"sample:train\")", "table(spark, photos)")
                .replace("cnn.testImages(\"sample:test\")", "train");

        run(
                "Verbs",
                smaller,
                SampleFrames.train(spark())
                        .limit(100)
                        .select(col("label"), col("features").as("pixels")));

        assertThat(folder.resolve("models/sample/model.json")).exists();
    }

    @Test
    void theTenLinesAreTenInEveryLanguage() {
        for (String language : List.of("java", "scala", "python")) {
            assertThat(examples(language).get(0).lines().filter(line -> line.matches("\\w.* = .*|model\\.write.*")))
                    .as(language)
                    .hasSizeLessThanOrEqualTo(10)
                    .hasSizeGreaterThan(5);
        }
    }

    @Test
    void theTableIsThatOfTheParameters() {
        CnnClassifier stage = new CnnClassifier();
        Map<String, String> expected = new TreeMap<>();
        for (Param<?> param : stage.params()) {
            expected.put(param.name(), stage.hasDefault(param) ? text(stage.getOrDefault(param)) : "");
        }

        Map<String, String> rows = Pattern.compile("(?m)^\\| `(\\w+)` \\| ?(.*?) ?\\| .* \\|$")
                .matcher(page.substring(page.indexOf("\n## Parameters"), page.indexOf("\n## Pipelines")))
                .results()
                .collect(Collectors.toMap(
                        row -> row.group(1), row -> row.group(2).replace("`", "")));

        assertThat(new TreeMap<>(rows)).isEqualTo(expected);
    }

    private static String text(Object value) {
        return value instanceof String[] none
                ? String.join(",", none)
                : value.toString().replaceAll("\\.0$", "");
    }

    private static List<String> examples(String language) {
        return Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL)
                .matcher(page)
                .results()
                .map(example -> example.group(1))
                .toList();
    }

    /** Compiles lines into a class of that name and runs them, with paths into the test's folder. */
    private void run(String name, String lines, Dataset<Row> photos) throws Exception {
        Path source = folder.resolve(name + ".java");
        Files.writeString(
                source,
                IMPORTS + "public class " + name
                        + " {\nstatic ImageTable table(SparkSession spark, Dataset<Row> rows) {"
                        + " return ImageTable.of(\"rows\", rows, io.github.sparkcnn.image.ImageShape.MNIST, 10); }\n"
                        + "public static void run(SparkSession spark, Dataset<Row> photos) throws Exception {\n"
                        + lines.replace("\"models/", "\"" + folder + "/models/") + "}\n}\n");
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-d",
                        folder.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        source.toString());
        assertThat(failed).isZero();
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, Thread.currentThread().getContextClassLoader())) {
            loader.loadClass(name)
                    .getMethod("run", SparkSession.class, Dataset.class)
                    .invoke(null, spark(), photos);
        }
    }
}
