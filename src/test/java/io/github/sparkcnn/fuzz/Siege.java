package io.github.sparkcnn.fuzz;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Throws other inputs at the readers than each build does, for so many seconds of this process's processor time each, however busy the
 * machine is: {@code FOLDER SECONDS SEED [READER …]}. Prints a line a reader; what broke a promise stays in the folder. A reader that
 * breaks a hundred is left, and whatever takes longer than ten such seconds, or than a minute, ends it; who ends it by hand has the
 * line of what was thrown so far.
 */
public final class Siege {
    private static final long MOST_NANOS = 10_000_000_000L;
    private static final long MOST_ELAPSED_NANOS = 60_000_000_000L;
    /** Who breaks so many promises breaks one, again and again. */
    private static final int MOST_BROKEN = 100;

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final Path folder;
    private volatile Throw current;
    private volatile Tally tally;
    private volatile long begun;
    private volatile boolean ending;

    /** An input, and what the clock and the processor's said when it was thrown. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record Throw(byte[] input, long began, long usedBefore) {
        static Throw of(byte[] input) {
            return new Throw(input, System.nanoTime(), SYSTEM.getProcessCpuTime());
        }

        boolean tooLong() {
            return SYSTEM.getProcessCpuTime() - usedBefore > MOST_NANOS
                    || System.nanoTime() - began > MOST_ELAPSED_NANOS;
        }
    }

    private Siege(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] arguments) throws Exception {
        Siege siege = new Siege(Path.of(arguments[0]));
        Runtime.getRuntime().addShutdownHook(new Thread(siege::tellWhatIsUnderWay));
        long broken = 0;
        for (OutsideReader reader : Readers.orExit(List.of(arguments).subList(3, arguments.length))) {
            broken += siege.of(reader, Long.parseLong(arguments[1]), Long.parseLong(arguments[2]));
        }
        System.exit(broken == 0 ? 0 : 1);
    }

    private long of(OutsideReader reader, long seconds, long seed) throws Exception {
        Property.hold(reader, reader.seeds().get(0)); // loads classes, which takes its time
        Thread watch = new Thread(() -> watch(reader.name()));
        watch.setDaemon(true);
        watch.start();
        Deque<byte[]> inputs = new ArrayDeque<>(reader.seeds());
        Mutator mutator = new Mutator(reader.seeds(), reader.words(), seed);
        begun = SYSTEM.getProcessCpuTime();
        tally = new Tally(reader.name());
        long broken = 0;
        while (secondsUsed() < seconds && broken < MOST_BROKEN) {
            byte[] input = inputs.isEmpty() ? mutator.next() : inputs.poll();
            current = Throw.of(input);
            try {
                tally.time(input, () -> Property.hold(reader, input));
            } catch (AssertionError e) {
                if (ending) { // its files are being deleted
                    break;
                }
                System.out.println("BROKEN: " + e.getMessage());
                keep(reader.name() + "-" + broken++, input);
            }
            current = null;
        }
        watch.interrupt();
        System.out.println(told(broken + " broken"));
        tally = null;
        return broken;
    }

    private void tellWhatIsUnderWay() {
        ending = true;
        if (tally != null) {
            System.out.println(told("ended by hand"));
        }
    }

    private String told(String end) {
        return tally + ", " + secondsUsed() + " s of processor time, " + end;
    }

    private long secondsUsed() {
        return TimeUnit.NANOSECONDS.toSeconds(SYSTEM.getProcessCpuTime() - begun);
    }

    private void watch(String name) {
        try {
            while (true) {
                Thread.sleep(1000);
                Throw latest = current;
                if (latest != null && latest.tooLong()) {
                    System.out.println(
                            "BROKEN: " + name + " takes more than ten seconds for " + latest.input().length + " bytes");
                    keep(name + "-hang-" + Arrays.hashCode(latest.input()), latest.input());
                    System.exit(1);
                }
            }
        } catch (InterruptedException e) {
            return; // the reader has been done
        }
    }

    private void keep(String name, byte[] input) {
        try {
            Files.write(Files.createDirectories(folder).resolve(name), input);
        } catch (IOException e) {
            System.out.println("Cannot keep " + name + ": " + e.getMessage());
        }
    }
}
