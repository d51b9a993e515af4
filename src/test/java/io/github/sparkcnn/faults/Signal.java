package io.github.sparkcnn.faults;

import java.io.IOException;

/** What the system's {@code kill} sends. */
enum Signal {
    KILL,
    STOP;

    void to(ProcessHandle process) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name(), Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
    }
}
