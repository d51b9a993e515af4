package io.github.sparkcnn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The job jar that {@code mvn package} has made. */
public final class JobJar {

    private JobJar() {}

    /** That in a folder: {@code target}, or an archive's {@code lib}. */
    public static Optional<Path> in(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith("-job.jar")).findFirst();
        }
    }
}
