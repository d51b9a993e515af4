package io.github.sparkcnn.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.UserException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One job jar for both lines of Spark: what its classes ask of Spark, and of the libraries that Spark brings, is there in 3.5,
 * which they are compiled with, and in 4.
 */
class SparkLinesTest {

    private static final Path SPARK_4 = Path.of("target", "spark-4-references");
    /** Deeplearning4j's order of data sets, which none of its trainings that are left asks for. */
    private static final Set<String> UNUSED =
            Set.of("org/deeplearning4j/spark/ordering/DataSetOrdering asks for scala/math/Ordering$Ops");

    private static final List<String> SPARKS = List.of(
            "org/apache/spark/",
            "scala/",
            "org/apache/hadoop/",
            "io/netty/",
            "com/google/common/",
            "com/google/gson/",
            "com/fasterxml/jackson/",
            "org/apache/commons/",
            "org/slf4j/");

    static Stream<Path> carried() {
        return Stream.of(UserException.class, SparkDl4jMultiLayer.class, MultiLayerNetwork.class, Nd4j.class)
                .map(SparkLinesTest::home);
    }

    @ParameterizedTest
    @MethodSource("carried")
    void everyReferenceLeadsSomewhereInSpark35(Path carried) {
        try (ClassPath spark35 = new ClassPath(classPath())) {
            assertThat(spark35.broken(carried, SparkLinesTest::ofSpark)).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("carried")
    void everyReferenceLeadsSomewhereInSpark4(Path carried) throws IOException {
        try (ClassPath spark4 = new ClassPath(classPathWithSpark4())) {
            assertThat(spark4.broken(carried, SparkLinesTest::ofSpark)).isSubsetOf(UNUSED);
        }
    }

    private static List<Path> classPathWithSpark4() throws IOException {
        assertThat(SPARK_4).as("made by mvn process-classes").isDirectory();
        Path spark35 = Path.of(System.getenv("SPARK_HOME"), "jars");
        List<Path> path = new ArrayList<>(classPath());
        path.removeIf(entry -> Files.exists(spark35.resolve(entry.getFileName())));
        try (Stream<Path> jars = Files.list(SPARK_4)) {
            jars.forEach(path::add);
        }
        return path;
    }

    private static boolean ofSpark(String type) {
        return SPARKS.stream().anyMatch(type::startsWith);
    }

    private static List<Path> classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toList();
    }

    private static Path home(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }
}
