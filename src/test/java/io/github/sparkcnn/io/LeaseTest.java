package io.github.sparkcnn.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.UserException;
import java.io.FileNotFoundException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.Progressable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A folder has one owner; a killed one stands in nobody's way, on this machine at once and elsewhere after its silence. */
class LeaseTest {

    private static final Lease.Pace PACE = new Lease.Pace(Duration.ofMillis(200), Duration.ofMillis(1200));

    private final Storage storage = Storage.ofLocalMaster(new Configuration());
    private final List<String> notices = Collections.synchronizedList(new ArrayList<>());

    @TempDir
    java.nio.file.Path folder;

    @Test
    void refusesASecondOwnerAndLeavesNothingBehind() {
        try (Lease first = take()) {
            assertThatThrownBy(this::take)
                    .isInstanceOf(UserException.class)
                    .hasMessageMatching("Cannot write to file:.*/a/run: process "
                            + ProcessHandle.current().pid() + " of .+ on .+ is writing to it\\. Wait for its end, end"
                            + " it, or choose another --output\\.");
            first.requireHeld();
        }
        assertThat(notices).isEmpty();
        assertThat(folder.resolve("a")).doesNotExist();
    }

    @Test
    void leavesAFolderThatHasSomethingInIt() throws IOException {
        Files.createDirectories(folder.resolve("b"));
        try (Lease lease = Lease.take(storage, path("b"), PACE, InstantSource.system(), notices::add)) {
            lease.requireHeld();
        }
        assertThat(folder.resolve("b")).isEmptyDirectory();

        try (Lease lease = take()) {
            lease.requireHeld();
            Files.createFile(folder.resolve("a/run/metrics.jsonl"));
        }
        assertThat(folder.resolve("a/run")).isDirectoryContaining("glob:**metrics.jsonl");
        assertThat(folder.resolve("a/run/running.json")).doesNotExist();
    }

    @Test
    void aProcessOfThisMachineThatHasEndedIsForgottenAtOnce() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        LeaseOwner own = LeaseOwner.ofThisProcess();
        leave(new LeaseOwner("x", own.user(), "here", ended.pid(), own.machine(), own.started(), 3));

        try (Lease lease = take()) {
            lease.requireHeld();
        }
        assertThat(notices).isEmpty();
    }

    @Test
    void aProcessOfThisMachineThatWasBegunSinceIsAnother() throws IOException {
        LeaseOwner own = LeaseOwner.ofThisProcess();
        long parent = ProcessHandle.current().parent().orElseThrow().pid();
        leave(new LeaseOwner("x", own.user(), "here", parent, own.machine(), startOf(parent) + 1, 3));

        try (Lease lease = take()) {
            lease.requireHeld();
        }
    }

    @Test
    void aProcessOfThisMachineThatRunsIsLeftInPeace() throws IOException {
        long parent = ProcessHandle.current().parent().orElseThrow().pid();
        LeaseOwner other = new LeaseOwner(
                "x", "you", "here", parent, LeaseOwner.ofThisProcess().machine(), startOf(parent), 3);
        leave(other);

        assertThatThrownBy(this::take).hasMessageContaining("process " + parent + " of you on here is writing to it");
        assertThat(notices).isEmpty();
        assertThat(running()).isEqualTo(Json.page(other));
    }

    @Test
    void aProcessOfThisMachineThatHasEndedAndNobodyHasWaitedForIsForgottenAtOnce() throws Exception {
        // A shell waits for its children, sleep for none: this one ends only when the shell has become sleep.
        String orphaned = "while grep -q bash /proc/$$/comm; do :; done & echo $!; exec sleep 60";
        Process parent = new ProcessBuilder("bash", "-c", orphaned).start();
        try {
            long ended = Long.parseLong(parent.inputReader().readLine());
            while (!RunningProcess.of(ended).orElseThrow().hasEnded()) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
            LeaseOwner own = LeaseOwner.ofThisProcess();
            leave(new LeaseOwner("x", own.user(), "here", ended, own.machine(), startOf(ended), 3));

            try (Lease lease = take()) {
                lease.requireHeld();
            }
            assertThat(notices).isEmpty();
        } finally {
            parent.destroy();
        }
    }

    @Test
    void aProcessOfAnotherUserThatCannotBeSeenIsWaitedFor() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        LeaseOwner own = LeaseOwner.ofThisProcess();
        leave(new LeaseOwner("x", "you", "here", ended.pid(), own.machine(), own.started(), 3));

        try (Lease lease = take()) {
            lease.requireHeld();
        }
        assertThat(notices).hasSize(1);
    }

    @Test
    void aLeaseOfThisProcessThatNobodyHoldsIsForgottenAtOnce() throws IOException {
        leave(LeaseOwner.ofThisProcess());

        try (Lease lease = take()) {
            lease.requireHeld();
        }
        assertThat(notices).isEmpty();
    }

    @Test
    void aSilentProcessOfAnotherMachineIsWaitedFor() throws IOException {
        leave(elsewhere(3));

        try (Lease lease = take()) {
            lease.requireHeld();
        }
        assertThat(notices)
                .singleElement()
                .asString()
                .startsWith("Waiting 1 s for a sign of life of process 7 of you on there, who has begun to write to ");
    }

    @Test
    void aProcessOfAnotherMachineThatWritesIsLeftInPeace() throws Exception {
        leave(elsewhere(3));
        takeWhileAnotherLeaves(300, elsewhere(4));
        assertThat(running()).contains("\"beats\" : 4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"id\" : \"x\"}", "null"})
    void whatNobodyHasWrittenToItsEndIsForgotten(String begun) throws IOException {
        Files.createDirectories(folder.resolve("a/run"));
        Files.writeString(folder.resolve("a/run/running.json"), begun);

        try (Lease lease = take()) {
            lease.requireHeld();
        }
        assertThat(notices)
                .singleElement()
                .asString()
                .startsWith("Waiting 1 s for a sign of life of a process without a name, who has begun to write to ");
    }

    @Test
    void whatIsJustBeingWrittenIsLeftInPeace() throws Exception {
        Files.createDirectories(folder.resolve("a/run"));
        Files.createFile(folder.resolve("a/run/running.json"));
        takeWhileAnotherLeaves(600, elsewhere(0));
    }

    @Test
    void whatCannotBeReadIsLeftInPeace() throws IOException {
        Files.createDirectories(folder.resolve("a/run/running.json"));

        assertThatThrownBy(this::take)
                .isInstanceOf(UserException.class)
                .hasMessageMatching(
                        "Cannot write to file:.*/a/run: running\\.json, which says who is writing to it, cannot"
                                + " be read \\(.+\\)\\. Wait for its end, or choose another --output\\.");
        assertThat(folder.resolve("a/run/running.json")).isDirectory();
    }

    @Test
    @Timeout(60)
    void givesSignsOfLifeAndNoticesThatAnotherHasTakenOver() throws Exception {
        try (Lease lease = take()) {
            String first = running();
            while (running().equals(first)) { // until its next sign of life
                TimeUnit.MILLISECONDS.sleep(10);
            }

            leaveForGood(elsewhere(0));

            assertThatThrownBy(lease::requireHeld)
                    .isInstanceOf(UserException.class)
                    .hasMessageMatching(
                            "Cannot go on writing to file:.*/a/run: process 7 of you on there has taken it, since"
                                    + " this one gave no sign of life for 1 s\\. Look at what that leaves there\\.");
            TimeUnit.MILLISECONDS.sleep(500);
        }
        assertThat(running()).contains("\"host\" : \"there\"");
    }

    @Test
    @Timeout(60)
    void noticesThatAnotherHasHadItAndGivenItBack() throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
        Lease.Pace pace = new Lease.Pace(PACE.beat(), Duration.ofSeconds(30));
        try (Lease lease = Lease.take(storage, path("a/run"), pace, now::get, notices::add)) {
            Files.delete(folder.resolve("a/run/running.json"));
            lease.requireHeld();
            while (Files.notExists(folder.resolve("a/run/running.json"))) { // until its next sign of life
                TimeUnit.MILLISECONDS.sleep(10);
            }

            leaveForGood(elsewhere(0));
            now.set(Instant.EPOCH.plusSeconds(31));
            Files.delete(folder.resolve("a/run/running.json"));

            assertThatThrownBy(lease::requireHeld)
                    .isInstanceOf(UserException.class)
                    .hasMessageMatching(
                            "Cannot go on writing to file:.*/a/run: another process has taken it, since this"
                                    + " one gave no sign of life for 30 s\\. Look at what that leaves there\\.");
            TimeUnit.MILLISECONDS.sleep(500);
            assertThat(folder.resolve("a/run/running.json")).doesNotExist();
        }
    }

    /** The clock that intervals are measured by stands still meanwhile; no sign of life is due before the end of the test. */
    @Test
    void aMachineThatHasSleptNoticesThatAnotherHasHadIt() throws IOException {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
        Lease.Pace pace = new Lease.Pace(Duration.ofMinutes(5), Duration.ofMinutes(30));
        try (Lease lease = Lease.take(storage, path("a/run"), pace, now::get, notices::add)) {
            Files.delete(folder.resolve("a/run/running.json"));
            lease.requireHeld();

            now.set(Instant.EPOCH.plusSeconds(1801));

            assertThatThrownBy(lease::requireHeld)
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining(
                            "another process has taken it, since this one gave no sign of life for 1800 s");
        }
    }

    @Test
    void whoWasHeldUpWhileItWroteDoesNotTakeTheFolderFromWhoHasItByThen() throws IOException {
        Configuration configuration = new Configuration();
        configuration.set("fs.overtaken.impl", Overtaken.class.getName());
        Path run = new Path("overtaken://" + folder.resolve("a/run"));
        Overtaken.content = Json.page(LeaseOwner.ofThisProcess());
        LeaseOwner other = Json.read(Overtaken.content.getBytes(UTF_8), LeaseOwner.class);
        Thread alive = new Thread(LeaseTest::pauseUntilInterrupted, other.threadName());
        alive.start();
        try {
            assertThatThrownBy(() -> Lease.take(
                            Storage.ofLocalMaster(configuration), run, PACE, InstantSource.system(), notices::add))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining(" is writing to it");
            assertThat(running()).isEqualTo(Overtaken.content);
        } finally {
            alive.interrupt();
        }
    }

    /** Between this one's look, which finds nothing, and its question whether there is something. */
    @Test
    void whoTakesTheFolderWhileItIsLookedAtHasIt() throws IOException {
        Configuration configuration = new Configuration();
        configuration.set("fs.late.impl", Late.class.getName());
        Path run = new Path("late://" + folder.resolve("a/run"));
        try (Lease first = take()) {
            Late.looks = 0;
            assertThatThrownBy(() -> Lease.take(
                            Storage.ofLocalMaster(configuration), run, PACE, InstantSource.system(), notices::add))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("process " + ProcessHandle.current().pid() + " of ");
            assertThat(Late.looks).isGreaterThan(1);
            first.requireHeld();
        }
    }

    /** Local files; who opens one for the first time comes too early. */
    public static final class Late extends LocalByAnotherName {

        private static int looks;

        @Override
        String scheme() {
            return "late";
        }

        @Override
        public FSDataInputStream open(Path path, int buffer) throws IOException {
            looks++;
            if (looks == 1) {
                throw new FileNotFoundException(path.toString());
            }
            return super.open(path, buffer);
        }
    }

    private static void pauseUntilInterrupted() {
        try {
            TimeUnit.MINUTES.sleep(1);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Local files; whoever has created one finds another's content in its place, which came while it wrote. */
    public static final class Overtaken extends LocalByAnotherName {

        private static volatile String content;

        @Override
        String scheme() {
            return "overtaken";
        }

        @Override
        public FSDataOutputStream create(
                Path path, boolean overwrite, int buffer, short replication, long block, Progressable progress)
                throws IOException {
            FSDataOutputStream out = super.create(path, overwrite, buffer, replication, block, progress);
            return overwrite ? out : new FSDataOutputStream(new Replaced(out, path), null);
        }

        private static final class Replaced extends FilterOutputStream {
            private final java.nio.file.Path file;

            Replaced(OutputStream out, Path path) {
                super(out);
                this.file = java.nio.file.Path.of(path.toUri().getPath());
            }

            @Override
            public void close() throws IOException {
                super.close();
                Files.writeString(file, content);
            }
        }
    }

    /** Who takes over what was left believes it after a quarter of the beat, within which all the others have to have written. */
    @ParameterizedTest
    @CsvSource({"false, 4, 4", "true, 1, 16"})
    void ofManyAtOnceOneTakesIt(boolean isLeft, int rounds, int beat) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(6);
        Lease.Pace pace = new Lease.Pace(Duration.ofSeconds(beat), Duration.ofSeconds(6L * beat));
        for (int round = 0; round < rounds; round++) {
            if (isLeft) {
                leave(LeaseOwner.ofThisProcess());
            }
            List<Callable<Lease>> all = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                all.add(() -> Lease.take(storage, path("a/run"), pace, InstantSource.system(), notices::add));
            }
            List<Lease> taken = new ArrayList<>();
            for (Future<Lease> future : threads.invokeAll(all)) {
                try {
                    taken.add(future.get());
                } catch (ExecutionException e) {
                    assertThat(e.getCause()).isInstanceOf(UserException.class);
                }
            }

            assertThat(taken).hasSize(1);
            taken.get(0).requireHeld();
            taken.get(0).close();
        }
        threads.shutdown();
    }

    private Lease take() {
        return Lease.take(storage, path("a/run"), PACE, InstantSource.system(), notices::add);
    }

    /** The other writes so long after it has been begun to wait for that. */
    private void takeWhileAnotherLeaves(long millis, LeaseOwner owner) throws Exception {
        ScheduledExecutorService there = Executors.newSingleThreadScheduledExecutor();
        Callable<Void> write = () -> {
            leave(owner);
            return null;
        };
        List<Future<?>> left = new ArrayList<>();
        Lease.Pace patient = new Lease.Pace(PACE.beat(), Duration.ofSeconds(10));

        assertThatThrownBy(() -> Lease.take(
                        storage,
                        path("a/run"),
                        patient,
                        InstantSource.system(),
                        notice -> left.add(there.schedule(write, millis, TimeUnit.MILLISECONDS))))
                .hasMessageContaining("process 7 of you on there is writing to it");

        assertThat(left).hasSize(1);
        left.get(0).get(30, TimeUnit.SECONDS);
        there.shutdown();
    }

    private static LeaseOwner elsewhere(long beats) {
        return new LeaseOwner("y", "you", "there", 7, "another start", 1, beats);
    }

    private static long startOf(long process) {
        return RunningProcess.of(process).orElseThrow().started();
    }

    private void leave(LeaseOwner owner) throws IOException {
        storage.write(
                path("a/run/running.json"), out -> out.write(Json.page(owner).getBytes(UTF_8)));
    }

    /** In the place of a lease that is held, whose sign of life may just be being given and would take the place again. */
    private void leaveForGood(LeaseOwner owner) throws IOException, InterruptedException {
        do {
            leave(owner);
            TimeUnit.MILLISECONDS.sleep(500);
        } while (!running().contains(owner.host()));
    }

    private String running() throws IOException {
        return Files.readString(folder.resolve("a/run/running.json"));
    }

    private Path path(String name) {
        return storage.path(folder.resolve(name).toString());
    }
}
