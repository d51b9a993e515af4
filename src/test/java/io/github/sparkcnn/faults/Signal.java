package io.github.sparkcnn.faults;

import java.io.IOException;

/** What the system's {@code kill} sends. */
enum Signal {
    KILL,
    STOP;

    /** Whether there was a process to send it to. */
    boolean to(ProcessHandle process) throws IOException, InterruptedException {
        return new ProcessBuilder("kill", "-" + name(), Long.toString(process.pid()))
                        .inheritIO()
                        .start()
                        .waitFor()
                == 0;
    }
}
