package io.github.sparkcnn.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** The archive of mvn package, unpacked as on a cluster's edge node. */
final class Archive {

    private Archive() {}

    /** Unpacks the newest into an empty folder; what is in it has one folder, which is returned. */
    static Path unpack(Path folder) throws IOException, InterruptedException {
        Path archive;
        try (Stream<Path> built = Files.list(Path.of("target"))) {
            archive = built.filter(file -> file.getFileName().toString().matches("sparkcnn-.*\\.tar\\.gz"))
                    .max(Comparator.comparing(file -> file.toFile().lastModified()))
                    .orElseThrow(() -> new AssertionError("mvn package has made no target/sparkcnn-*.tar.gz"));
        }
        Files.createDirectories(folder);
        Program tar = Program.run(
                folder,
                Map.of(),
                Path.of("/bin/tar"),
                "-xzf",
                archive.toAbsolutePath().toString());
        assertThat(tar.code()).as(tar.err()).isZero();
        try (Stream<Path> unpacked = Files.list(folder)) {
            return unpacked.filter(Files::isDirectory).findFirst().orElseThrow();
        }
    }

    /** The job jar of what was unpacked. */
    static Path jobJar(Path home) {
        Path jar = home.resolve("lib/sparkcnn-job.jar"); // as the image, the DAG and the pages have it
        assertThat(jar).exists();
        return jar;
    }
}
