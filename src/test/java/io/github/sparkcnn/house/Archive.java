package io.github.sparkcnn.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A jar or a folder of class files. */
record Archive(Path root, Optional<FileSystem> opened) implements AutoCloseable {

    static Archive of(Path jarOrFolder) {
        if (Files.isDirectory(jarOrFolder)) {
            return new Archive(jarOrFolder, Optional.empty());
        }
        try {
            FileSystem jar = FileSystems.newFileSystem(jarOrFolder, Map.of());
            return new Archive(jar.getPath("/"), Optional.of(jar));
        } catch (IOException e) {
            throw new UncheckedIOException(jarOrFolder.toString(), e);
        }
    }

    /** The content of a file, if it is there. */
    Optional<byte[]> bytes(String name) {
        return Optional.of(root.resolve(name)).filter(Files::isRegularFile).map(Archive::read);
    }

    /** Every class, but not those for other versions of Java. */
    void forEachClass(Consumer<byte[]> reader) {
        Path versions = root.resolve("META-INF");
        try (Stream<Path> files = Files.walk(root)) {
            files.filter(file -> file.toString().endsWith(".class"))
                    .filter(file -> !file.startsWith(versions) && !file.endsWith("module-info.class"))
                    .forEach(file -> reader.accept(read(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(root.toString(), e);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    @Override
    public void close() {
        try {
            if (opened.isPresent()) {
                opened.get().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(root.toString(), e);
        }
    }
}
