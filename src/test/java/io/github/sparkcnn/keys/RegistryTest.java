package io.github.sparkcnn.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.network.optimizer.OptimizerProvider;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ours are found on every thread, and a stranger's that cannot be loaded is refused by its name. */
class RegistryTest {

    private static final int MAGIC = 0xCAFEBABE;
    private static final int LATER_THAN_JAVA_17 = 99;

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    @TempDir
    private Path folder;

    @AfterEach
    void restore() {
        Thread.currentThread().setContextClassLoader(before);
    }

    @Test
    void oursAreFoundWhereTheThreadsLoaderKnowsNothingOfThem() {
        Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader());
        assertThat(optimizers().names()).contains("adam", "sgd");

        Thread.currentThread().setContextClassLoader(null);
        assertThat(optimizers().names()).contains("adam", "sgd");
    }

    @Test
    void aPartForALaterJavaIsRefused() throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(OptimizerProvider.class.getName()), "TooNew");
        Files.write(
                folder.resolve("TooNew.class"),
                ByteBuffer.allocate(Long.BYTES)
                        .putInt(MAGIC)
                        .putInt(LATER_THAN_JAVA_17)
                        .array());
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
            Thread.currentThread().setContextClassLoader(loader);
            assertThatThrownBy(RegistryTest::optimizers)
                    .isInstanceOf(UserException.class)
                    .hasMessageMatching("(?s)Cannot load every optimizer: .*TooNew.*version of the Java Runtime.*"
                            + "Correct or remove the jar in --jars\\.");
        }
    }

    /** What a configuration could not name, or would take for something else. */
    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "two words", "a.", "=x"})
    void aPartWithoutANameIsRefused(String name) {
        assertThatThrownBy(() -> Registry.requireWord(() -> name, "optimizer"))
                .isInstanceOf(UserException.class)
                .hasMessageMatching("Cannot load every optimizer: .*RegistryTest.* is called " + name
                        + ", which is no word\\. Correct or remove the jar in --jars\\.");
    }

    private static Registry<OptimizerProvider> optimizers() {
        return Registry.of(OptimizerProvider.class, "optimizer");
    }
}
