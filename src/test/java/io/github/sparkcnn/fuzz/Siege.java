package io.github.sparkcnn.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Throws other inputs at the readers than each build does, for so many seconds each: {@code FOLDER SECONDS SEED [READER …]}. Prints a
 * line a reader; what broke a promise stays in the folder. Whatever takes longer than ten seconds ends it.
 */
public final class Siege {
    private static final long MOST_NANOS = 10_000_000_000L;

    private final Path folder;
    private volatile byte[] current;
    private volatile long begun;

    private Siege(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] arguments) throws Exception {
        Siege siege = new Siege(Path.of(arguments[0]));
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
        Tally tally = new Tally(reader.name());
        long broken = 0;
        for (long end = System.nanoTime() + seconds * 1_000_000_000L; System.nanoTime() < end; ) {
            byte[] input = inputs.isEmpty() ? mutator.next() : inputs.poll();
            current = input;
            begun = System.nanoTime();
            try {
                tally.time(input, () -> Property.hold(reader, input));
            } catch (AssertionError e) {
                System.out.println("BROKEN: " + e.getMessage());
                keep(reader.name() + "-" + broken++, input);
            }
            current = null;
        }
        watch.interrupt();
        System.out.println(tally + ", " + broken + " broken");
        return broken;
    }

    private void watch(String name) {
        try {
            while (true) {
                Thread.sleep(1000);
                byte[] input = current;
                if (input != null && System.nanoTime() - begun > MOST_NANOS) {
                    System.out.println(
                            "BROKEN: " + name + " takes more than ten seconds for " + input.length + " bytes");
                    keep(name + "-hang-" + Arrays.hashCode(input), input);
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
