package io.github.sparkcnn.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedLibrariesTest {

    @TempDir
    Path folder;

    @Test
    void findsWhatIsInAFolderAndWhatIsListed() throws IOException {
        Files.createFile(folder.resolve("libcudart.so.13"));
        Path ldconfig = folder.resolve("ldconfig");
        Files.writeString(ldconfig, """
                #!/bin/sh
                echo '2 libs found in cache `/etc/ld.so.cache'
                printf '\\tlibcuda.so.1 (libc6,x86-64) => /lib/x86_64-linux-gnu/libcuda.so.1\\n'
                """);
        assertThat(ldconfig.toFile().setExecutable(true)).isTrue();
        SharedLibraries libraries = new SharedLibraries(List.of(folder), SharedLibraries.listedBy(ldconfig.toString()));

        assertThat(libraries.missing(List.of("libcuda.so.1", "libcudnn.so.9", "libcudart.so.13", "libcudart.so")))
                .containsExactly("libcudnn.so.9", "libcudart.so");
    }

    @Test
    void theFolderOfCudasInstallerIsOnlySearchedWhereItIsNamed() {
        Path cuda = Path.of("/usr/local/cuda/lib64");

        assertThat(SharedLibraries.searched("")).contains(Path.of("/usr/lib64")).doesNotContain(cuda);
        assertThat(SharedLibraries.searched("/a:" + cuda)).startsWith(Path.of("/a"), cuda);
    }

    @Test
    void nothingIsListedWithoutTheTool() {
        assertThat(SharedLibraries.listedBy("/no/such/ldconfig")).isEqualTo(Set.of());
    }

    @Test
    void theLibrariesOfThisMachineAreFound() {
        assertThat(SharedLibraries.here().missing(List.of("libc.so.6", "libno-such-thing.so.1")))
                .containsExactly("libno-such-thing.so.1");
    }
}
