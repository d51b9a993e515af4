package io.github.sparkcnn.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        return forced == null ? ofFlags(cpuFlags()) : valueOf(forced.toUpperCase(java.util.Locale.ROOT));
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
