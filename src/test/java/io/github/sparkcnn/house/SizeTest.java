package io.github.sparkcnn.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Classes and packages stay small enough to be read at one go. */
class SizeTest {

    private static final Path SOURCES = Path.of("src/main/java");

    @Test
    void noClassIsLong() {
        assertThat(lines())
                .allSatisfy((file, lines) -> assertThat(lines).as(file).isLessThanOrEqualTo(300));
    }

    @Test
    void mostClassesAreShort() {
        List<Long> sorted = lines().values().stream().sorted().toList();

        assertThat(sorted.get(sorted.size() / 2)).isLessThanOrEqualTo(60);
    }

    @Test
    void noPackageIsAHall() {
        Map<String, Long> files = lines().keySet().stream()
                .filter(file -> !file.endsWith("package-info.java"))
                .collect(Collectors.groupingBy(
                        file -> file.substring(0, file.lastIndexOf('/')), TreeMap::new, Collectors.counting()));

        assertThat(files).allSatisfy((home, count) -> assertThat(count).as(home).isLessThanOrEqualTo(21));
    }

    @Test
    void everyPackageSaysWhatItIsFor() {
        assertThat(lines().keySet().stream()
                        .map(file -> file.substring(0, file.lastIndexOf('/')))
                        .distinct())
                .allSatisfy(
                        home -> assertThat(Path.of(home, "package-info.java")).exists());
    }

    private static Map<String, Long> lines() {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .collect(Collectors.toMap(Path::toString, SizeTest::lines));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + SOURCES, e);
        }
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
