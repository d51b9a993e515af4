package io.github.sparkcnn.kernel;

import io.github.sparkcnn.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * Which build of ND4J's natives this processor can run. Both are on the class path, and JavaCPP would take one without asking
 * the processor, which then dies of SIGILL.
 */
enum NativesChoice {
    AVX512("-onednn-avx512"),
    AVX2("-onednn-avx2"),
    /** Neither, or not a Linux on x86-64: what JavaCPP finds by itself. */
    PLAIN("");

    /** System property that forces a choice: {@code avx512}, {@code avx2} or {@code plain}. */
    static final String PROPERTY = "sparkcnn.natives";

    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final String EXTENSION_PROPERTY = "org.bytedeco.javacpp.platform.extension";

    private final String extension;

    NativesChoice(String extension) {
        this.extension = extension;
    }

    static NativesChoice ofThisMachine() {
        String forced = System.getProperty(PROPERTY);
        Set<String> flags = cpuFlags();
        return forced == null ? ofFlags(flags) : forced(forced, flags);
    }

    /**
     * What is asked for, where a processor with these flags can run it; where they are not known, whatever that is.
     *
     * @throws UserException otherwise: the process would die of SIGILL
     */
    static NativesChoice forced(String word, Set<String> flags) {
        NativesChoice asked = Arrays.stream(values())
                .filter(choice -> choice.name().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> refusal(word, "there is no such build", "avx512, avx2 or plain"));
        NativesChoice most = ofFlags(flags);
        if (!flags.isEmpty() && asked.compareTo(most) < 0) {
            throw refusal(
                    word,
                    "this processor does not have all that it takes for granted",
                    most.name().toLowerCase(Locale.ROOT));
        }
        return asked;
    }

    private static UserException refusal(String word, String reason, String remedy) {
        return new UserException("use " + PROPERTY + " = " + word, reason, "Leave it out, or set it to " + remedy);
    }

    /** The choice for a processor with these flags, named as in /proc/cpuinfo. */
    static NativesChoice ofFlags(Set<String> flags) {
        // Skylake-X's five: what GCC's -march=skylake-avx512, with which ND4J is built, takes for granted.
        if (flags.containsAll(Set.of("avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl"))) {
            return AVX512;
        }
        return flags.containsAll(Set.of("avx2", "fma")) ? AVX2 : PLAIN;
    }

    /** Tells JavaCPP; only before its first class is loaded. */
    void apply() {
        if (!extension.isEmpty() && System.getProperty(EXTENSION_PROPERTY) == null) {
            System.setProperty(EXTENSION_PROPERTY, extension);
        }
    }

    private static Set<String> cpuFlags() {
        try (var lines = Files.lines(CPU_INFO)) {
            return lines.filter(line -> line.startsWith("flags"))
                    .findFirst()
                    .map(line ->
                            Set.of(line.substring(line.indexOf(':') + 1).trim().split("\\s+")))
                    .orElse(Set.of());
        } catch (IOException e) {
            return Set.of();
        }
    }
}
