package io.github.sparkcnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.data.format.ImageFormats;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What {@code --help} says of every command is said in one way. */
class HelpTest {

    static Stream<String> commands() {
        return all(Main.commandLine()).map(HelpTest::name);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyWordHasASentence(String command) {
        assertThat(commandLine(command).getCommandSpec().usageMessage().description())
                .isNotEmpty()
                .allMatch(line -> line.matches("[A-Z].*\\."));
        assertThat(told(command))
                .allSatisfy((word, sentence) -> assertThat(sentence).as(word).matches("[A-Z].*\\."));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void whatNeedNotBeGivenHasItsDefaultSaid(String command) {
        assertThat(arguments(command).filter(HelpTest::hasDefault))
                .allSatisfy(argument -> assertThat(description(argument))
                        .as(argument.paramLabel())
                        .containsPattern("Default: \\S"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void placeholdersAreNoFieldsOfTheCode(String command) {
        assertThat(commandLine(command).getUsageMessage()).doesNotContain("<", "${");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandTellsTheVersion(String command) {
        CommandLine line = Main.commandLine();
        StringWriter out = new StringWriter();

        int code = line.setOut(new PrintWriter(out))
                .execute(Stream.concat(words(command), Stream.of("--version")).toArray(String[]::new));

        assertThat(code).isZero();
        assertThat(out.toString()).matches("sparkcnn \\S+ \\(.+\\)\n");
    }

    /** Words that several commands take are one thing. */
    @Test
    void theSameWordIsPlacedAlike() {
        Map<String, List<String>> labels = commands()
                .flatMap(HelpTest::arguments)
                .filter(argument -> argument instanceof OptionSpec)
                .map(argument -> (OptionSpec) argument)
                .filter(option -> !List.of("--output", "--input").contains(option.longestName())) // a folder or a file
                .collect(Collectors.groupingBy(
                        OptionSpec::longestName,
                        TreeMap::new,
                        Collectors.mapping(
                                OptionSpec::paramLabel,
                                Collectors.collectingAndThen(
                                        Collectors.toSet(),
                                        set -> set.stream().sorted().toList()))));

        assertThat(labels)
                .containsKeys("--set", "--model", "--data")
                .allSatisfy((option, said) -> assertThat(said).as(option).hasSize(1));
    }

    @Test
    void formatsThatAreNamedAreThoseThatThereAre() {
        String named = told("evaluate").get("--format").replaceAll("The images' format: |\\. Default.*", "");

        assertThat(named.split(", | or ", -1)).containsExactlyInAnyOrderElementsOf(new ImageFormats().names());
    }

    private static Map<String, String> told(String command) {
        return arguments(command)
                .collect(Collectors.toMap(
                        argument ->
                                argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel(),
                        HelpTest::description));
    }

    /** Without {@code --help} and {@code --version}, whose words are picocli's. */
    private static Stream<ArgSpec> arguments(String command) {
        return commandLine(command).getCommandSpec().args().stream()
                .filter(argument ->
                        !(argument instanceof OptionSpec option && (option.usageHelp() || option.versionHelp())));
    }

    /** A flag is not there, and {@code --set} sets nothing, where they are not given: that goes without saying. */
    private static boolean hasDefault(ArgSpec argument) {
        boolean isSet =
                argument instanceof OptionSpec option && option.longestName().equals("--set");
        return !argument.required()
                && argument.group() == null
                && argument.arity().max() > 0
                && !isSet;
    }

    private static String description(ArgSpec argument) {
        return String.join(" ", argument.description());
    }

    private static Stream<CommandLine> all(CommandLine command) {
        return Stream.concat(
                Stream.of(command), command.getSubcommands().values().stream().flatMap(HelpTest::all));
    }

    private static String name(CommandLine command) {
        return command.getCommandSpec().qualifiedName();
    }

    private static Stream<String> words(String command) {
        return Stream.of(command.split(" ", -1)).skip(1);
    }

    private static CommandLine commandLine(String command) {
        return all(Main.commandLine())
                .filter(line -> name(line).equals(command) || name(line).equals("sparkcnn " + command))
                .findFirst()
                .orElseThrow();
    }
}
