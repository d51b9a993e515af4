package io.github.sparkcnn.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveFolderTest {

    @TempDir
    Path folder;

    @Test
    void whatGoesMeanwhileIsLeftOutAndWhatStaysIsFound() throws Exception {
        Path stays =
                Files.writeString(Files.createDirectories(folder.resolve("z")).resolve("stdout"), "here");
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            while (!over.get()) {
                comeAndGo();
            }
        });

        try {
            for (int i = 0; i < 500; i++) {
                assertThat(LiveFolder.files(folder)).contains(stays);
            }
        } finally {
            over.set(true);
            writer.join();
        }
    }

    @Test
    void aFolderThatIsNotThereHasNone() throws IOException {
        assertThat(LiveFolder.files(folder.resolve("none"))).isEmpty();
    }

    private void comeAndGo() {
        try {
            Path cache = Files.createDirectories(folder.resolve("cache/org"));
            Files.createFile(cache.resolve(".lock"));
            Files.delete(cache.resolve(".lock"));
            Files.delete(cache);
            Files.delete(cache.getParent());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
