package io.github.sparkcnn.device;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The shared libraries that the system's loader finds on this machine, by file name: in the folders of {@code LD_LIBRARY_PATH}, in what
 * {@code ldconfig} lists, and in the folders that loader has by default (ld.so(8)); {@code /usr/local/cuda/lib64} is none of them.
 *
 * @param listed names that ldconfig has
 */
public record SharedLibraries(List<Path> folders, Set<String> listed) {

    private static final List<String> DEFAULT_FOLDERS =
            List.of("/lib64", "/usr/lib64", "/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", "/lib", "/usr/lib");

    /** Those of this process. */
    public static SharedLibraries here() {
        return new SharedLibraries(
                searched(System.getenv().getOrDefault("LD_LIBRARY_PATH", "")), listedBy("/sbin/ldconfig"));
    }

    /**
     * The folders that are looked into, in order.
     *
     * @param own {@code LD_LIBRARY_PATH}
     */
    static List<Path> searched(String own) {
        return Stream.concat(Stream.of(own.split(":", -1)), DEFAULT_FOLDERS.stream())
                .filter(folder -> !folder.isBlank())
                .map(Path::of)
                .toList();
    }

    /** Those of the names that are nowhere. */
    public List<String> missing(List<String> names) {
        return names.stream()
                .filter(name -> !listed.contains(name)
                        && folders.stream().noneMatch(folder -> Files.exists(folder.resolve(name))))
                .toList();
    }

    static Set<String> listedBy(String ldconfig) {
        try {
            Process process = new ProcessBuilder(ldconfig, "-p")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (Stream<String> lines =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines()) {
                // A line is "\tlibcuda.so.1 (libc6,x86-64) => /lib/x86_64-linux-gnu/libcuda.so.1".
                return lines.filter(line -> line.contains(" => "))
                        .map(line -> line.strip().split(" ", 2)[0])
                        .collect(Collectors.toUnmodifiableSet());
            }
        } catch (IOException e) {
            return Set.of(); // another system's loader
        }
    }
}
