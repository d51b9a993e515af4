package io.github.sparkcnn.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets Jazzer, which keeps the inputs that reach new branches of our code, throw at the readers, for so many seconds each and in a
 * JVM for each: {@code FOLDER SECONDS SEED [READER …]}. Prints a line a reader; what it has found stays in the folder, and what broke
 * a promise beside it.
 */
public final class GuidedSiege {
    /** Jazzer's instruments make a reader some times slower than it is. */
    private static final int MOST_SECONDS = 60;

    /** Longer seeds are many rows or pixels of one kind, of which changes learn slowly. */
    private static final int LONGEST = 1 << 13;

    private static final Pattern DONE = Pattern.compile("DONE\\s+cov: (?<branches>\\d+)");
    private static final Pattern INPUTS = Pattern.compile("stat::number_of_executed_units: (?<inputs>\\d+)");

    private final Path folder;
    private final long seconds;
    private final long seed;

    private GuidedSiege(Path folder, long seconds, long seed) {
        this.folder = folder;
        this.seconds = seconds;
        this.seed = seed;
    }

    public static void main(String[] arguments) throws Exception {
        GuidedSiege siege = new GuidedSiege(
                Files.createDirectories(Path.of(arguments[0])),
                Long.parseLong(arguments[1]),
                Long.parseLong(arguments[2]));
        boolean held = true;
        for (OutsideReader reader : Readers.orExit(List.of(arguments).subList(3, arguments.length))) {
            held &= siege.of(reader);
        }
        System.exit(held ? 0 : 1);
    }

    private boolean of(OutsideReader reader) throws Exception {
        Path log = folder.resolve(reader.name() + ".log");
        int code = new ProcessBuilder(command(reader))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        String said = Files.readString(log, ISO_8859_1); // with pieces of inputs
        System.out.printf(
                Locale.ROOT,
                "%-22s %8s inputs, %s branches, %s%n",
                reader.name(),
                found(INPUTS, said),
                found(DONE, said),
                code == 0 ? "none broken" : "BROKEN: see " + log);
        return code == 0;
    }

    private List<String> command(OutsideReader reader) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of(
                "-D" + GuidedReader.NAME + "=" + reader.name(),
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + GuidedReader.class.getName(),
                "--instrumentation_includes=io.github.sparkcnn.**",
                "--custom_hook_includes=io.github.sparkcnn.**",
                "--reproducer_path=" + folder,
                "-artifact_prefix=" + folder.resolve(reader.name() + "-"),
                "-max_total_time=" + seconds,
                "-seed=" + seed,
                "-max_len=" + LONGEST,
                "-timeout=" + MOST_SECONDS,
                "-rss_limit_mb=0", // what a reader may take is Property's
                "-print_final_stats=1",
                corpus(reader).toString()));
        if (!reader.words().isEmpty()) { // libFuzzer takes no empty dictionary
            command.add("-dict=" + dictionary(reader));
        }
        return command;
    }

    /** The inputs that Jazzer begins with, and those that it will find. */
    private Path corpus(OutsideReader reader) throws Exception {
        Path corpus = Files.createDirectories(folder.resolve("corpus").resolve(reader.name()));
        int number = 0;
        for (byte[] input : reader.seeds()) {
            if (input.length <= LONGEST) {
                Files.write(corpus.resolve("seed-" + number++), input);
            }
        }
        return corpus;
    }

    /** The format's words as libFuzzer reads them: a line each, in quotes, what is no plain letter as {@code \xAB}. */
    private Path dictionary(OutsideReader reader) throws IOException {
        List<String> lines = reader.words().stream().map(GuidedSiege::quoted).toList();
        return Files.write(folder.resolve(reader.name() + ".dict"), lines, US_ASCII);
    }

    private static String quoted(String word) {
        StringBuilder quoted = new StringBuilder("\"");
        for (byte b : word.getBytes(UTF_8)) {
            boolean plain = b > ' ' && b < 127 && b != '"' && b != '\\';
            quoted.append(plain ? String.valueOf((char) b) : String.format(Locale.ROOT, "\\x%02X", b));
        }
        return quoted.append('"').toString();
    }

    private static String found(Pattern pattern, String said) {
        Matcher matcher = pattern.matcher(said);
        return matcher.find() ? matcher.group(1) : "?";
    }
}
