package io.github.sparkcnn.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program that has ended.
 *
 * @param code its exit code
 */
record Program(int code, String out, String err) {

    private static final int MINUTES = 25;

    /** Writes a script that can be executed. */
    static Path write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    /** Runs it in a folder, with these variables and none of Spark's that the tests have themselves. */
    static Program run(Path folder, Map<String, String> environment, Path file, String... words)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(file.toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(key -> key.startsWith("SPARK") && !key.equals("SPARK_LOCAL_IP"));
        builder.environment().putAll(environment);
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        Process process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        Program program = new Program(ended ? process.exitValue() : -1, Files.readString(out), Files.readString(err));
        assertThat(ended).as("ends within %d minutes: %s", MINUTES, program).isTrue();
        return program;
    }
}
