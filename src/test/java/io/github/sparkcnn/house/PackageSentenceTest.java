package io.github.sparkcnn.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a {@code package-info} says its package depends on is what it depends on: the sentence {@code Depends on …} names every
 * package of ours, in code as {@code data.csv}, and every library of those below, and none that is not used.
 */
class PackageSentenceTest {

    private static final JavaClasses BUILT = House.built();

    private static final Map<String, String> LIBRARIES = Map.of(
            "org.apache.spark.", "Spark",
            "org.apache.hadoop.", "Hadoop",
            "org.deeplearning4j.", "Deeplearning4j",
            "org.nd4j.", "ND4J",
            "org.bytedeco.dnnl.", "oneDNN",
            "org.bytedeco.pytorch.", "libtorch",
            "ai.onnxruntime.", "ONNX Runtime",
            "picocli.", "picocli",
            "com.typesafe.config.", "Typesafe Config");

    private static final Pattern SENTENCE = Pattern.compile("Depends on (.+?)\\.(?:\\s|$)", Pattern.DOTALL);
    private static final Pattern PACKAGE = Pattern.compile("\\{@code ([a-z0-9.]+)}");

    static Stream<String> packages() {
        return BUILT.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith(House.ROOT + "."))
                .map(name -> name.substring(House.ROOT.length() + 1))
                .distinct()
                .sorted();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("packages")
    void isTrue(String home) throws IOException {
        Path info = Path.of("src/main/java", (House.ROOT + "." + home).replace('.', '/'), "package-info.java");
        String text =
                Files.readString(info).replaceAll("\\s*\\n \\* ?", " ").replaceAll("\\{@link [\\w.]+?\\.(\\w+)}", "$1");
        Matcher sentence = SENTENCE.matcher(text);

        assertThat(sentence.find()).as(info + " has a sentence 'Depends on ….'").isTrue();
        assertThat(said(sentence.group(1))).as(info.toString()).isEqualTo(used(home));
    }

    private static Set<String> said(String sentence) {
        Set<String> said = new TreeSet<>();
        PACKAGE.matcher(sentence).results().forEach(name -> said.add(name.group(1)));
        String rest = PACKAGE.matcher(sentence).replaceAll("");
        LIBRARIES.values().stream()
                .filter(name ->
                        Pattern.compile("\\b" + name + "\\b").matcher(rest).find())
                .forEach(said::add);
        return said;
    }

    private static Set<String> used(String home) {
        Set<String> used = new TreeSet<>();
        BUILT.stream()
                .filter(type -> type.getPackageName().equals(House.ROOT + "." + home))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .map(Dependency::getTargetClass)
                .map(type -> word(
                        type.getBaseComponentType().getName(),
                        type.getBaseComponentType().getPackageName()))
                .filter(word -> !word.isEmpty() && !word.equals(home))
                .forEach(used::add);
        return used;
    }

    /** What a sentence calls a class's home; empty for the root and for libraries that go without saying. */
    private static String word(String type, String home) {
        if (home.startsWith(House.ROOT + ".")) {
            return home.substring(House.ROOT.length() + 1);
        }
        return LIBRARIES.entrySet().stream()
                .filter(library -> type.startsWith(library.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }
}
