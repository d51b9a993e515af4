package io.github.sparkcnn.io;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sparkcnn.FileException;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.Visible;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.Path;

/**
 * The right to write to a folder, which one process has at a time: a file in it, {@code running.json}, that says who, and is
 * written anew every few seconds. One that a killed process has left stands in nobody's way: on its own machine the process is
 * looked for; elsewhere the file is watched, and who does not write it for half a minute is gone. No clocks are compared. What
 * cannot be read is nobody's leave to take it.
 */
public final class Lease implements AutoCloseable {
    private static final String FILE = "running.json";

    private final Storage storage;
    private final Path folder;
    private final Path file;
    private final Pace pace;
    private final InstantSource clock;
    private final List<Path> created = new ArrayList<>();
    private final ScheduledExecutorService heart;
    private Future<?> beats = CompletableFuture.completedFuture(null);
    private volatile LeaseOwner owner = LeaseOwner.ofThisProcess();
    private volatile long lastBeat;
    private volatile Instant lastTime = Instant.MIN;

    /**
     * How often the file is written.
     *
     * @param silence after which whoever does not write it is gone
     */
    record Pace(Duration beat, Duration silence) {}

    private Lease(Storage storage, Path folder, Pace pace, InstantSource clock) {
        this.storage = storage;
        this.folder = folder;
        this.file = new Path(folder, FILE);
        this.pace = pace;
        this.clock = clock;
        this.heart = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, owner.threadName());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Takes the folder, which is created where it is not there; waits where it has to be found out whether a former owner lives.
     *
     * @param notice told of a wait
     * @throws UserException where somebody else holds it
     */
    public static Lease take(Storage storage, Path folder, Consumer<String> notice) {
        return take(
                storage,
                folder,
                new Pace(Duration.ofSeconds(5), Duration.ofSeconds(30)),
                InstantSource.system(),
                notice);
    }

    static Lease take(Storage storage, Path folder, Pace pace, InstantSource clock, Consumer<String> notice) {
        Lease lease = new Lease(storage, folder, pace, clock);
        try {
            lease.take(notice);
        } catch (RuntimeException e) {
            lease.close();
            throw e;
        }
        return lease;
    }

    private void take(Consumer<String> notice) {
        for (Path missing = folder; !storage.exists(missing); missing = missing.getParent()) {
            created.add(missing);
        }
        heart.execute(() -> {}); // its thread is what another lease of this process looks for
        boolean mine = create();
        while (!mine) {
            Optional<LeaseOwner> other = there();
            other.ifPresent(found -> requireGone(found, notice));
            if (other.isPresent() && read().equals(other)) {
                takeOver();
                mine = true;
            } else {
                mine = create();
            }
        }
        hasBeaten();
        beats = heart.scheduleWithFixedDelay(
                this::beat, pace.beat().toMillis(), pace.beat().toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Whether there was no file, and this lease's is there now: who was held up between creating and writing it may have written to
     * what another has replaced meanwhile, and not every file system creates in one step.
     */
    private boolean create() {
        return storage.createNew(file, content()) && read().filter(this::isMine).isPresent();
    }

    private void requireGone(LeaseOwner other, Consumer<String> notice) {
        Optional<Boolean> lives = other.lives();
        if (lives.isEmpty()) {
            notice.accept("Waiting " + pace.silence().toSeconds() + " s for a sign of life of " + other
                    + ", who has begun to write to " + folder);
            lives = Optional.of(isWritten(other));
        }
        if (lives.get()) {
            throw isWriting(read().orElse(other));
        }
    }

    /** Of several who do that at once, the last has it, and the others see that. */
    private void takeOver() {
        storage.write(file, content());
        pause();
        read().filter(now -> !isMine(now)).ifPresent(other -> {
            throw isWriting(other);
        });
    }

    private Optional<LeaseOwner> there() {
        try {
            return read();
        } catch (FileException e) {
            throw new UserException(
                    "write to " + folder,
                    FILE + ", which says who is writing to it, cannot be read (" + Visible.firstLine(e.getCause())
                            + ")",
                    "Wait for its end, or choose another --output");
        }
    }

    private UserException isWriting(LeaseOwner other) {
        return new UserException(
                "write to " + folder,
                other + " is writing to it",
                "Wait for its end, end it, or choose another --output");
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(pace.beat().toMillis() / 4);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Watches the file for as long as its owner may be silent. */
    private boolean isWritten(LeaseOwner other) {
        long deadline = System.nanoTime() + pace.silence().toNanos();
        while (System.nanoTime() < deadline) {
            pause();
            Optional<LeaseOwner> now = read();
            if (now.isEmpty()) {
                return false;
            }
            if (!now.get().equals(other)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Makes sure, before something is written, that nobody has taken the folder meanwhile, as happens to a process that was
     * stopped for longer than it may be silent.
     *
     * @throws UserException where somebody has, or has had it and given it back
     */
    public void requireHeld() {
        Optional<LeaseOwner> now;
        try {
            now = read();
        } catch (FileException e) {
            return; // what is written next will tell
        }
        if (now.isPresent() ? !isMine(now.get()) : isSilent()) {
            throw new UserException(
                    "go on writing to " + folder,
                    now.map(LeaseOwner::toString).orElse("another process") + " has taken it, since this one gave no"
                            + " sign of life for " + pace.silence().toSeconds() + " s",
                    "Look at what that leaves there");
        }
    }

    private void hasBeaten() {
        lastBeat = System.nanoTime();
        lastTime = clock.instant();
    }

    /** By either clock: one stands still while the machine sleeps, the other may be set back. */
    private boolean isSilent() {
        Duration silence = pace.silence();
        return System.nanoTime() - lastBeat > silence.toNanos()
                || clock.instant().isAfter(lastTime.plus(silence));
    }

    private boolean isMine(LeaseOwner found) {
        return found.id().equals(owner.id());
    }

    private void beat() {
        try {
            requireHeld();
            owner = owner.alive();
            storage.write(file, content());
            hasBeaten();
        } catch (RuntimeException | FSError e) {
            // Whoever writes something that matters will hear of it too.
        }
    }

    private Storage.FileContent content() {
        byte[] json = Json.page(owner).getBytes(UTF_8);
        return out -> out.write(json);
    }

    /**
     * Who holds the folder; empty where nobody does.
     *
     * @throws FileException where that cannot be read
     */
    private Optional<LeaseOwner> read() {
        try {
            return Optional.of(readOwner());
        } catch (FileException e) { // not there, or not readable; where another has just taken the folder, it is by now
            return storage.exists(file) ? Optional.of(readOwner()) : Optional.empty();
        }
    }

    private LeaseOwner readOwner() {
        byte[] json = storage.read(file);
        try {
            return Json.read(json, LeaseOwner.class);
        } catch (IOException e) {
            return LeaseOwner.unnamed();
        }
    }

    /** Gives the folder back; one that is still empty and was not there before is taken away. */
    @Override
    public void close() {
        beats.cancel(false);
        heart.shutdown();
        try {
            if (heart.awaitTermination(pace.silence().toMillis(), TimeUnit.MILLISECONDS)) {
                if (read().filter(this::isMine).isPresent()) {
                    storage.delete(file);
                }
                created.forEach(storage::deleteEmpty);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (UserException | FileException e) {
            // What it leaves is a lease of a process that has ended.
        }
    }
}
