package io.github.sparkcnn.submit;

import io.github.sparkcnn.Strangers;
import io.github.sparkcnn.train.RunProcess;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;

/** Sees on which ports the processes below this one listen, be it for a moment, until it is closed. */
final class Listening implements AutoCloseable {

    private static final long POLL_MILLIS = 20;

    private final Set<Integer> driver = new ConcurrentSkipListSet<>();
    private final Map<Long, Set<Integer>> executors = new ConcurrentHashMap<>();
    private final Thread watch = new Thread(this::look, "listening");
    private volatile boolean closed;

    private Listening() {}

    static Listening watch() {
        Listening listening = new Listening();
        listening.watch.setDaemon(true);
        listening.watch.start();
        return listening;
    }

    /** Those of all processes but executors. */
    Set<Integer> driver() {
        return driver;
    }

    /** Those of each executor. */
    Collection<Set<Integer>> executors() {
        return executors.values();
    }

    private void look() {
        try {
            while (!closed) {
                for (ProcessHandle process :
                        ProcessHandle.current().descendants().toList()) {
                    see(process);
                }
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("cannot see who listens", e);
        }
    }

    private void see(ProcessHandle process) throws IOException {
        Set<Integer> ports = Strangers.openPorts(process);
        if (!RunProcess.isExecutor(process)) {
            driver.addAll(ports);
        } else if (!ports.isEmpty()) {
            executors
                    .computeIfAbsent(process.pid(), pid -> new ConcurrentSkipListSet<>())
                    .addAll(ports);
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
