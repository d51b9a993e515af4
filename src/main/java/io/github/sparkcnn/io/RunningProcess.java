package io.github.sparkcnn.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A process of this machine, as Linux's {@code /proc} tells of it.
 *
 * @param state a letter: Z is one that has ended, which nobody has asked for its exit code yet
 * @param started in ticks since the system was, which setting the clock does not move
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html">proc_pid_stat(5)</a>
 */
record RunningProcess(char state, long started) {

    private static final int STARTED_BEHIND_STATE = 22 - 3;

    /** Empty where there is none, or it cannot be seen. */
    static Optional<RunningProcess> of(long number) {
        try {
            String line = Files.readString(Path.of("/proc", String.valueOf(number), "stat"));
            // The program's name, in brackets, may have brackets and blanks in it.
            List<String> fields =
                    List.of(line.substring(line.lastIndexOf(')') + 1).strip().split(" ", -1));
            return Optional.of(
                    new RunningProcess(fields.get(0).charAt(0), Long.parseLong(fields.get(STARTED_BEHIND_STATE))));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    boolean hasEnded() {
        return state == 'Z' || state == 'X';
    }
}
