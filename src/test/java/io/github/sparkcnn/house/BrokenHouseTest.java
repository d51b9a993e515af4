package io.github.sparkcnn.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule of the house finds a class that was written to break it. */
class BrokenHouseTest {

    @TempDir
    private Path folder;

    static Stream<Arguments> offenders() {
        return Stream.of(
                Arguments.of(
                        "packages in a circle",
                        offender("data", "network.Offender"),
                        offender("network", "data.Offender")),
                Arguments.of("random, keys, image, io", offender("image", "config.Configuration"), null),
                Arguments.of("data.augment", offender("data.augment", "config.Configuration"), null),
                Arguments.of("config", offender("config", "data.ImageReader"), null),
                Arguments.of(
                        "network, network.architecture, network.definition",
                        offender("network", "config.Configuration"),
                        null),
                Arguments.of("data.., device", offender("data.csv", "train.TrainingRun"), null),
                Arguments.of("kernel..", offender("kernel", "train.TrainingRun"), null),
                Arguments.of("checkpoint", offender("checkpoint", "train.TrainingRun"), null),
                Arguments.of("train..", offender("train.strategy", "compare.CompareRun"), null),
                Arguments.of("compare", offender("compare", "cli.Main"), null),
                Arguments.of("compare, tune..", offender("tune.space", "cli.Main"), null),
                Arguments.of("Spark only in", offender("network.schedule", "org.apache.spark.SparkConf"), null),
                Arguments.of("arithmetic of averaging", offender("allreduce", "org.apache.spark.SparkConf"), null),
                Arguments.of("Deeplearning4j's layers", offender("data", "org.deeplearning4j.nn.api.Layer"), null),
                Arguments.of(
                        "two kinds of network", offender("onnx", "org.deeplearning4j.nn.graph.ComputationGraph"), null),
                Arguments.of("natives only in", offender("track", "org.bytedeco.javacpp.Pointer"), null),
                Arguments.of("ONNX Runtime only in", offender("predict", "ai.onnxruntime.OrtSession"), null),
                Arguments.of("picocli only in", offender("train", "picocli.CommandLine"), null),
                Arguments.of("Typesafe's Config only in", offender("train", "com.typesafe.config.Config"), null),
                Arguments.of(
                        "people's HOCON",
                        new Source(
                                "config.hocon",
                                "Offender",
                                "Object read = com.typesafe.config.ConfigFactory.parseString(\"\"); public Object"),
                        null),
                Arguments.of(
                        "user's language",
                        new Source("track", "Offender", "String digits = \"%d\".formatted(1); public Object"),
                        null),
                Arguments.of("commands live in cli", new Source("train", "OffendingCommand", "Object"), null));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("offenders")
    void isNoticed(String rule, Source offender, Source accomplice) {
        JavaClasses broken = compiled(
                Stream.of(offender, accomplice).filter(source -> source != null).toList());
        List<ArchRule> rules =
                House.rules().filter(one -> one.getDescription().contains(rule)).toList();

        assertThat(rules)
                .as(rule)
                .isNotEmpty()
                .anySatisfy(one -> assertThat(
                                one.allowEmptyShould(true).evaluate(broken).hasViolation())
                        .isTrue());
    }

    /** A class of a package that has a field of a type: another class of ours, or one given in full. */
    private static Source offender(String home, String type) {
        boolean foreign = type.startsWith("org.")
                || type.startsWith("ai.")
                || type.startsWith("com.")
                || type.startsWith("picocli.");
        return new Source(home, "Offender", foreign ? type : House.ROOT + "." + type);
    }

    private record Source(String home, String name, String type) {
        JavaFileObject file() {
            String text =
                    "package " + House.ROOT + "." + home + "; public class " + name + " { public " + type + " field; }";
            String path = (House.ROOT + "." + home).replace('.', '/') + "/" + name + ".java";
            return new SimpleJavaFileObject(URI.create("string:///" + path), JavaFileObject.Kind.SOURCE) {
                @Override
                public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                    return text;
                }
            };
        }
    }

    private JavaClasses compiled(List<Source> sources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> options = new ArrayList<>(List.of("-proc:none", "-d", folder.toString()));
        options.addAll(List.of("-cp", System.getProperty("java.class.path")));
        boolean done = compiler.getTask(
                        null,
                        null,
                        null,
                        options,
                        null,
                        sources.stream().map(Source::file).toList())
                .call();
        assertThat(done).as("compiles").isTrue();
        return new ClassFileImporter().importPath(folder);
    }
}
