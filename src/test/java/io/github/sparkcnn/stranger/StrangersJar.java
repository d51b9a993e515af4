package io.github.sparkcnn.stranger;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A jar that somebody else has made: what lies under {@code src/test/resources/stranger}, compiled against the public API, with its
 * {@code META-INF/services}. To add a part, put its source and its service file there. While it is open the jar is on the thread's
 * class path, as Spark puts those of {@code --jars}.
 */
public final class StrangersJar implements AutoCloseable {

    private final Path jar;
    private final ClassLoader before = Thread.currentThread().getContextClassLoader();
    private final URLClassLoader loader;

    private StrangersJar(Path jar) throws IOException {
        this.jar = jar;
        this.loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, before);
        Thread.currentThread().setContextClassLoader(loader);
    }

    /** Compiles it into the folder. */
    public static StrangersJar open(Path folder) throws IOException {
        Path sources = sources();
        Path classes = Files.createDirectories(folder.resolve("classes"));
        compile(files(sources).filter(file -> file.toString().endsWith(".java")).toList(), classes);
        Path jar = folder.resolve("stranger.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Path file : files(classes).toList()) {
                add(out, classes, file);
            }
            for (Path file : files(sources.resolve("META-INF")).toList()) {
                add(out, sources, file);
            }
        }
        return new StrangersJar(jar);
    }

    /** For {@code --jars}. */
    public Path path() {
        return jar;
    }

    @Override
    public void close() throws IOException {
        Thread.currentThread().setContextClassLoader(before);
        loader.close();
    }

    private static Path sources() {
        try {
            return Path.of(StrangersJar.class.getResource("/stranger").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void compile(List<Path> sources, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> options =
                List.of("-proc:none", "-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean done = compiler.getTask(
                            null, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
            if (!done) {
                throw new IllegalStateException("The stranger's parts do not compile against the public API");
            }
        }
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(folder.toString(), e);
        }
    }

    private static void add(JarOutputStream out, Path root, Path file) throws IOException {
        out.putNextEntry(new ZipEntry(root.relativize(file).toString().replace(File.separatorChar, '/')));
        Files.copy(file, out);
        out.closeEntry();
    }
}
