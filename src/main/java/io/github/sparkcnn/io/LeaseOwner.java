package io.github.sparkcnn.io;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Who holds a {@link Lease}, as its file says.
 *
 * @param id of the lease
 * @param machine what tells process numbers apart that mean different processes: the start of the system and the name space of
 *     its processes; empty where that cannot be known
 * @param started when the process did
 * @param beats how often it has given a sign of life
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record LeaseOwner(String id, String user, String host, long process, String machine, String started, long beats) {

    /** What the clock may have been put by between two looks at when a process started. */
    private static final Duration CLOCK = Duration.ofSeconds(5);

    static LeaseOwner ofThisProcess() {
        ProcessHandle self = ProcessHandle.current();
        return new LeaseOwner(
                UUID.randomUUID().toString(),
                System.getProperty("user.name"),
                hostName(),
                self.pid(),
                machineOfThisProcess(),
                self.info().startInstant().map(Instant::toString).orElse(""),
                0);
    }

    LeaseOwner alive() {
        return new LeaseOwner(id, user, host, process, machine, started, beats + 1);
    }

    /** Whether it lives; empty where this process cannot know that, as of one on another machine. */
    Optional<Boolean> lives() {
        if (machine == null || machine.isEmpty() || !machine.equals(machineOfThisProcess())) {
            return Optional.empty();
        }
        if (process == ProcessHandle.current().pid()) {
            return Optional.of(Thread.getAllStackTraces().keySet().stream()
                    .anyMatch(thread -> thread.getName().equals(threadName())));
        }
        return Optional.of(ProcessHandle.of(process)
                .filter(handle -> handle.info()
                        .startInstant()
                        .map(start -> Duration.between(Instant.parse(started), start)
                                        .abs()
                                        .compareTo(CLOCK)
                                < 0)
                        .orElse(true))
                .isPresent());
    }

    /** Of the thread that gives the signs of life. */
    String threadName() {
        return "lease " + id;
    }

    @Override
    public String toString() {
        return "process " + process + " of " + user + " on " + host;
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "an unnamed host";
        }
    }

    private static String machineOfThisProcess() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip() + " "
                    + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
        } catch (IOException notLinux) {
            return "";
        }
    }
}
