package io.github.sparkcnn.io;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Who holds a {@link Lease}, as its file says.
 *
 * @param id of the lease
 * @param machine what tells process numbers apart that mean different processes: the start of the system and the name space of
 *     its processes; empty where that cannot be known
 * @param started when the process did, in ticks since the system was
 * @param beats how often it has given a sign of life
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record LeaseOwner(String id, String user, String host, long process, String machine, long started, long beats) {

    LeaseOwner {
        Objects.requireNonNull(id, "it has no id");
        Objects.requireNonNull(user, "it has no user");
        Objects.requireNonNull(host, "it has no host");
        Objects.requireNonNull(machine, "it has no machine");
    }

    static LeaseOwner ofThisProcess() {
        long process = ProcessHandle.current().pid();
        return new LeaseOwner(
                UUID.randomUUID().toString(),
                thisUser(),
                hostName(),
                process,
                machineOfThisProcess(),
                RunningProcess.of(process).map(RunningProcess::started).orElse(0L),
                0);
    }

    /** Who has not written yet who it is, or was killed before it could. */
    static LeaseOwner unnamed() {
        return new LeaseOwner("", "", "", 0, "", 0, 0);
    }

    LeaseOwner alive() {
        return new LeaseOwner(id, user, host, process, machine, started, beats + 1);
    }

    /** Whether it lives; empty where this process cannot know that, as of one on another machine. */
    Optional<Boolean> lives() {
        if (machine.isEmpty() || !machine.equals(machineOfThisProcess())) {
            return Optional.empty();
        }
        if (process == ProcessHandle.current().pid()) {
            return Optional.of(Thread.getAllStackTraces().keySet().stream()
                    .anyMatch(thread -> thread.getName().equals(threadName())));
        }
        Optional<RunningProcess> seen = RunningProcess.of(process);
        if (seen.isEmpty() && !user.equals(thisUser())) {
            return Optional.empty(); // Linux may hide what runs for others (hidepid)
        }
        return Optional.of(seen.filter(found -> found.started() == started && !found.hasEnded())
                .isPresent());
    }

    /** Of the thread that gives the signs of life. */
    String threadName() {
        return "lease " + id;
    }

    @Override
    public String toString() {
        return id.isEmpty() ? "a process without a name" : "process " + process + " of " + user + " on " + host;
    }

    private static String thisUser() {
        return System.getProperty("user.name");
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
