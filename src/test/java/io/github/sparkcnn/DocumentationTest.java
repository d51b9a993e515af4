package io.github.sparkcnn;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import io.github.sparkcnn.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the README and the pages name is there: files, anchors, keys with their defaults, commands, options, messages. */
class DocumentationTest {

    private static final Path PAGES = Path.of("src/site/markdown");
    /** Some packages are called as keys could be. */
    private static final Set<String> NAMING_PACKAGES = Set.of("architecture.md", "contributing.md");

    private static final Pattern CALL = Pattern.compile("(?:submit/(?:local|standalone|yarn|kubernetes)|-job\\.jar)"
            + "(?: +\\$small| +--(?:gpu|dry-run)| +--(?:conf|deploy-mode|master|properties|jar) +\\S+)* +([a-z][^`]*)");
    private static final Pattern WORD = Pattern.compile("\\S+");
    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]*");
    private static final Pattern EXPERIMENT = Pattern.compile("conf/[\\w/-]+\\.(?:conf|properties)");
    private static final Pattern KEY =
            Pattern.compile("(?<![\\w./-])(?:data|network|training|device|tracking)(?:\\.[a-z]+(?:-[a-z]+)*)+");

    private static List<MarkdownPage> all;

    @BeforeAll
    static void readPages() throws IOException {
        try (Stream<Path> pages = Files.list(PAGES)) {
            all = Stream.concat(Stream.of(Path.of("README.md")), pages.sorted())
                    .map(MarkdownPage::read)
                    .toList();
        }
    }

    @Test
    void readmeIsShort() {
        assertThat(all.get(0).lines()).hasSizeLessThanOrEqualTo(150);
    }

    @Test
    void linksLeadSomewhere() {
        assertThat(inAll(page -> page.links().stream().filter(link -> !leadsSomewhere(page.path(), link))))
                .isEmpty();
    }

    @Test
    void experimentsExist() {
        assertThat(inAll(page -> matches(EXPERIMENT, String.join("\n", page.lines()))
                        .filter(file -> !Files.exists(Path.of(file)))))
                .isEmpty();
    }

    @Test
    void everyKeyStandsInConfigurationWithItsDefault() {
        Map<String, String> described = MarkdownPage.read(PAGES.resolve("configuration.md")).rows().stream()
                .filter(row -> KEY.matcher(row.get(0)).matches())
                .collect(Collectors.toMap(row -> row.get(0), row -> row.get(1)));

        assertThat(described).containsExactlyInAnyOrderEntriesOf(keysAndDefaults());
    }

    @Test
    void keysThatAreNamedExist() {
        Set<String> keys = keysAndDefaults().keySet();
        assertThat(inAll(page ->
                        NAMING_PACKAGES.contains(page.path().getFileName().toString())
                                ? Stream.empty()
                                : page.code().stream()
                                        .flatMap(code -> matches(KEY, code))
                                        .filter(key -> !exists(key, keys))))
                .isEmpty();
    }

    @Test
    void commandsAndTheirOptionsExist() {
        assertThat(inAll(page -> Stream.concat(
                        page.code().stream().flatMap(DocumentationTest::calls).flatMap(DocumentationTest::mistakes),
                        page.prose().stream().flatMap(DocumentationTest::optionsOfNoneBeside))))
                .isEmpty();
    }

    @Test
    void messagesAreThoseOfTheCode() throws IOException {
        List<List<String>> messages =
                MarkdownPage.read(PAGES.resolve("troubleshooting.md")).rows();
        String texts = textsOfTheCode();

        assertThat(messages).hasSizeGreaterThan(50);
        assertThat(messages.stream().flatMap(row -> fixedParts(row.get(0))).filter(part -> !texts.contains(part)))
                .isEmpty();
    }

    @Test
    void theExamplesOfExtendAreTheStrangersAndShort() throws IOException {
        String page = Files.readString(PAGES.resolve("extend.md"));
        List<String> examples = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL)
                .matcher(page)
                .results()
                .map(example -> example.group(1))
                .toList();

        assertThat(examples).hasSize(6).allSatisfy(example -> {
            assertThat(example.lines().filter(line -> !line.isBlank())).hasSizeLessThanOrEqualTo(30);
            assertThat(strangersSources())
                    .anySatisfy(source -> assertThat(source).endsWith(example));
        });
    }

    /** The archive has the pages without the sources. */
    @Test
    void linksLeadSomewhereInTheArchiveToo() throws Exception {
        List<String> packed =
                ArchiveDescriptor.read(Path.of("src/assembly/archive.xml")).files();
        Path here = Path.of("").toAbsolutePath();

        assertThat(packed).contains("README.md", "src/site/markdown/cluster.md", "submit/local", "conf/reference.conf");
        assertThat(inAll(page -> page.links().stream()
                        .map(link -> link.replaceAll("#.*", ""))
                        .filter(link -> !link.isEmpty())
                        .map(link -> here.relativize(page.path()
                                        .toAbsolutePath()
                                        .resolveSibling(link)
                                        .normalize())
                                .toString())
                        .filter(target -> !packed.contains(target))))
                .as("cluster.md says that two links of speed.md lead to sources")
                .hasSize(2)
                .allMatch(target -> target.startsWith("src/site/markdown/speed.md: src/main/java/"));
    }

    @Test
    void figuresOfTheTestsAreTheirs() throws IOException {
        assertThat(Files.readString(PAGES.resolve("security.md")))
                .contains("`StrangersAtTheRingTest` has "
                        + (Strangers.lost().size() + Strangers.cunning().size()) + " kinds of strangers");

        String profile = Files.readString(Path.of("pom.xml"))
                .split("<id>spark-4</id>", 2)[1]
                .split("</profile>", 2)[0];
        List<String> onSpark4 = Pattern.compile("<include>\\*\\*/(\\w+IT)\\.java</include>")
                .matcher(profile)
                .results()
                .map(include -> include.group(1))
                .toList();
        String row = MarkdownPage.read(PAGES.resolve("cluster.md")).lines().stream()
                .filter(line -> line.contains("`mvn -Pspark-4 verify`"))
                .findFirst()
                .orElseThrow();
        assertThat(matches(Pattern.compile("\\w+IT(?=`)"), row)).hasSameElementsAs(onSpark4);
    }

    private static List<String> strangersSources() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/stranger/org/example"))) {
            return files.map(file -> String.join("\n", MarkdownPage.read(file).lines()) + "\n")
                    .toList();
        }
    }

    /** What a check finds in the pages, behind each page's name. */
    private static List<String> inAll(Function<MarkdownPage, Stream<String>> check) {
        return all.stream()
                .flatMap(page -> check.apply(page).map(found -> page.path() + ": " + found))
                .toList();
    }

    private static Stream<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(MatchResult::group);
    }

    private static boolean leadsSomewhere(Path page, String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
        return Files.exists(target)
                && (parts.length == 1 || MarkdownPage.read(target).anchors().contains(parts[1]));
    }

    /** A key, a group of keys, or a key that only one schedule has. */
    private static boolean exists(String named, Set<String> keys) {
        return named.startsWith("training.schedule.")
                || keys.stream().anyMatch(key -> key.equals(named) || key.startsWith(named + "."));
    }

    private static Map<String, String> keysAndDefaults() {
        Map<String, String> defaults = new TreeMap<>();
        collect(
                "",
                ConfigFactory.parseFile(Path.of("conf/reference.conf").toFile()).root(),
                defaults);
        return defaults;
    }

    private static void collect(String prefix, ConfigObject group, Map<String, String> defaults) {
        group.forEach((name, value) -> {
            if (value instanceof ConfigObject inner) {
                collect(prefix + name + ".", inner, defaults);
            } else {
                defaults.put(prefix + name, Objects.toString(value.unwrapped()));
            }
        });
    }

    /** The words behind a launcher and its options. */
    private static Stream<String> calls(String code) {
        return CALL.matcher(code).results().map(call -> call.group(1));
    }

    private static Stream<String> mistakes(String call) {
        CommandLine command = command(call);
        return command.getSubcommands().isEmpty()
                ? unknown(List.of(command), call)
                : Stream.of(call + " names no command");
    }

    private static CommandLine command(String call) {
        CommandLine command = new CommandLine(Main.class);
        for (String word : matches(WORD, call).toList()) {
            CommandLine inner = command.getSubcommands().get(word);
            if (inner == null) {
                break;
            }
            command = inner;
        }
        return command;
    }

    private static Stream<String> unknown(List<CommandLine> commands, String options) {
        return matches(OPTION, options)
                .filter(option -> commands.stream()
                        .noneMatch(
                                command -> command.getCommandSpec().optionsMap().containsKey(option)));
    }

    /** Options that stand alone in a line with commands are those of one of them. */
    private static Stream<String> optionsOfNoneBeside(String line) {
        List<CommandLine> commands = calls(line).map(DocumentationTest::command).toList();
        return commands.isEmpty()
                ? Stream.empty()
                : MarkdownPage.spans(line).stream()
                        .filter(span -> span.startsWith("--"))
                        .flatMap(span -> unknown(commands, span));
    }

    /** What a message says behind its first colon, without what it names. */
    private static Stream<String> fixedParts(String message) {
        return Stream.of(message.substring(message.indexOf(": ") + 1).split("…|: |\\. "))
                .map(part -> part.replaceAll("^[\\s.,;(]+|[\\s.,;(]+$", ""))
                .filter(part -> part.length() > 3);
    }

    /** The sources with each text as one, whatever it is put together from. */
    private static String textsOfTheCode() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            return Stream.concat(launchers().stream(), files.filter(Files::isRegularFile))
                    .map(file -> String.join("\n", MarkdownPage.read(file).lines()))
                    .map(DocumentationTest::withConstants)
                    .collect(Collectors.joining("\n"));
        }
    }

    private static List<Path> launchers() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("submit"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static String withConstants(String source) {
        String joined = source;
        for (MatchResult constant : Pattern.compile("String (\\w+) = (\"[^\"]*\");")
                .matcher(source)
                .results()
                .toList()) {
            joined = joined.replace(constant.group(1) + " + ", constant.group(2) + " + ")
                    .replace(" + " + constant.group(1), " + " + constant.group(2));
        }
        return joined.replaceAll("\"\\s*\\+\\s*\"", "");
    }
}
