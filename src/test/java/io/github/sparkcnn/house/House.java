package io.github.sparkcnn.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import io.github.sparkcnn.UserException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The rules of the house: what may know what. */
final class House {

    static final String ROOT = "io.github.sparkcnn";

    /** From the cellar up; a package knows those of its own floor and of the floors below, and none knows itself in a circle. */
    private static final List<List<String>> FLOORS = List.of(
            List.of("random", "keys", "image", "io", "numpy"),
            List.of("data.augment", "network.schedule", "network.optimizer", "allreduce.."),
            List.of("network", "network.architecture", "network.definition"),
            List.of("config.."),
            List.of("data..", "device"),
            List.of("kernel..", "model..", "onnx..", "track..", "console", "explain"),
            List.of("checkpoint", "predict..", "eval"),
            List.of("train.."),
            List.of("compare", "tune..", "api"),
            List.of("cli..", "ml"));

    private static final String[] SPARK = {"org.apache.spark..", "scala.."};
    private static final String[] DL4J = {
        "org.deeplearning4j.nn..", "org.deeplearning4j.util..", "org.deeplearning4j.spark.."
    };

    private House() {}

    /** The product's own classes. */
    static JavaClasses built() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPath(Path.of(UserException.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath()));
    }

    static Stream<ArchRule> rules() {
        List<ArchRule> rules = new ArrayList<>(floors());
        rules.add(slices().matching(ROOT + ".(**)").should().beFreeOfCycles().as("no packages in a circle"));
        rules.add(onlyIn(
                "Spark",
                SPARK,
                "data..",
                "device",
                "allreduce..",
                "predict..",
                "eval",
                "train..",
                "compare",
                "tune",
                "api",
                "ml",
                "cli",
                "track"));
        rules.add(none("Spark in the arithmetic of averaging", "allreduce", SPARK));
        rules.add(onlyIn(
                "Deeplearning4j's layers and networks",
                DL4J,
                "network..",
                "kernel..",
                "onnx..",
                "train.strategy",
                "train.dl4j"));
        rules.add(noClasses()
                .that(resideOutside("network", "train.strategy", "train.dl4j"))
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("org.deeplearning4j.nn.multilayer", "org.deeplearning4j.nn.graph")
                                .or(named("org.deeplearning4j.nn.api.Model")))
                .as("one place knows Deeplearning4j's two kinds of network"));
        rules.add(onlyIn("natives", new String[] {"org.bytedeco.."}, "kernel.."));
        rules.add(onlyIn("ONNX Runtime", new String[] {"ai.onnxruntime.."}, "onnx"));
        rules.add(onlyIn("picocli", new String[] {"picocli.."}, "cli.."));
        rules.add(onlyIn("Typesafe's Config", new String[] {"com.typesafe.config.."}, "config..", "keys"));
        rules.add(noClasses()
                .that(resideInAPackage(ROOT + "..").and(not(named(ROOT + ".config.hocon.HoconParser"))))
                .should()
                .callMethod(ConfigFactory.class, "parseString", String.class)
                .orShould()
                .callMethod(ConfigFactory.class, "parseString", String.class, ConfigParseOptions.class)
                .as("one place parses people's HOCON, without what it includes"));
        rules.add(noClasses()
                .that(resideInAPackage(ROOT + ".."))
                .should()
                .callMethod(String.class, "format", String.class, Object[].class)
                .orShould()
                .callMethod(String.class, "formatted", Object[].class)
                .orShould()
                .callMethod(String.class, "toLowerCase")
                .orShould()
                .callMethod(String.class, "toUpperCase")
                .orShould()
                .callMethod(PrintStream.class, "printf", String.class, Object[].class)
                .as("no digits and letters that depend on the user's language"));
        rules.add(classes()
                .that(resideInAPackage(ROOT + ".."))
                .and()
                .haveSimpleNameEndingWith("Command")
                .should()
                .resideInAPackage(ROOT + ".cli")
                .as("commands live in cli"));
        return rules.stream();
    }

    private static List<ArchRule> floors() {
        List<ArchRule> rules = new ArrayList<>();
        for (int floor = 0; floor + 1 < FLOORS.size(); floor++) {
            String[] here = packages(FLOORS.get(floor).toArray(String[]::new));
            // data.augment lies below data, so what is above is counted by the most exact name.
            DescribedPredicate<JavaClass> above = above(floor);
            rules.add(noClasses()
                    .that(resideInAnyPackage(here).and(not(above)))
                    .should()
                    .dependOnClassesThat(above)
                    .as(String.join(", ", FLOORS.get(floor)) + " knows nothing of the floors above"));
        }
        return rules;
    }

    private static DescribedPredicate<JavaClass> above(int floor) {
        String[] above = FLOORS.stream().skip(floor + 1L).flatMap(List::stream).toArray(String[]::new);
        String[] below = FLOORS.stream().limit(floor + 1L).flatMap(List::stream).toArray(String[]::new);
        return resideInAnyPackage(packages(above)).and(not(resideInAnyPackage(packages(below))));
    }

    private static ArchRule onlyIn(String what, String[] theirs, String... homes) {
        return noClasses()
                .that(resideOutside(homes))
                .should()
                .dependOnClassesThat(resideInAnyPackage(theirs))
                .as(what + " only in " + String.join(", ", homes));
    }

    private static ArchRule none(String what, String home, String... theirs) {
        return noClasses()
                .that(resideInAnyPackage(packages(home)))
                .should()
                .dependOnClassesThat(resideInAnyPackage(theirs))
                .as("no " + what);
    }

    private static DescribedPredicate<JavaClass> resideOutside(String... homes) {
        return resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(packages(homes))));
    }

    private static DescribedPredicate<JavaClass> named(String name) {
        return DescribedPredicate.describe("is " + name, type -> type.getName().equals(name));
    }

    private static String[] packages(String... names) {
        return Stream.of(names).map(name -> ROOT + "." + name).toArray(String[]::new);
    }
}
