package io.github.sparkcnn.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder has one owner; a killed one stands in nobody's way, on this machine at once and elsewhere after its silence. */
class LeaseTest {

    private static final Lease.Pace PACE = new Lease.Pace(Duration.ofMillis(200), Duration.ofMillis(1200));

    private final Storage storage = Storage.ofLocalMaster(new Configuration());
    private final List<String> notices = new ArrayList<>();

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
        try (Lease lease = Lease.take(storage, path("b"), PACE, notices::add)) {
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
        leave(new LeaseOwner("x", "me", "here", ended.pid(), own.machine(), own.started(), 3));

        try (Lease lease = take()) {
            lease.requireHeld();
        }
        assertThat(notices).isEmpty();
    }

    @Test
    void aProcessOfThisMachineThatWasBegunSinceIsAnother() throws IOException {
        LeaseOwner own = LeaseOwner.ofThisProcess();
        long parent = ProcessHandle.current().parent().orElseThrow().pid();
        leave(new LeaseOwner("x", "me", "here", parent, own.machine(), "2001-01-01T00:00:00Z", 3));

        try (Lease lease = take()) {
            lease.requireHeld();
        }
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
        ExecutorService there = Executors.newSingleThreadExecutor();
        Future<?> beat = there.submit(() -> {
            TimeUnit.MILLISECONDS.sleep(300);
            leave(elsewhere(4));
            return null;
        });

        assertThatThrownBy(this::take).hasMessageContaining("process 7 of you on there is writing to it");

        beat.get(5, TimeUnit.SECONDS);
        there.shutdown();
        assertThat(running()).contains("\"beats\" : 4");
    }

    @Test
    void whatNobodyHasWrittenToItsEndIsForgotten() throws IOException {
        Files.createDirectories(folder.resolve("a/run"));
        Files.writeString(folder.resolve("a/run/running.json"), "");

        try (Lease lease = take()) {
            lease.requireHeld();
        }
    }

    @Test
    void givesSignsOfLifeAndNoticesThatAnotherHasTakenOver() throws Exception {
        try (Lease lease = take()) {
            String first = running();
            TimeUnit.MILLISECONDS.sleep(700);
            assertThat(running()).isNotEqualTo(first);

            leave(elsewhere(0));

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
    void ofManyAtOnceOneTakesIt() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(6);
        List<Callable<Lease>> all = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            all.add(this::take);
        }
        List<Lease> taken = new ArrayList<>();
        for (Future<Lease> future : threads.invokeAll(all)) {
            try {
                taken.add(future.get());
            } catch (ExecutionException e) {
                assertThat(e.getCause()).isInstanceOf(UserException.class);
            }
        }
        threads.shutdown();

        assertThat(taken).hasSize(1);
        taken.get(0).requireHeld();
        taken.get(0).close();
    }

    private Lease take() {
        return Lease.take(storage, path("a/run"), PACE, notices::add);
    }

    private static LeaseOwner elsewhere(long beats) {
        return new LeaseOwner("y", "you", "there", 7, "another start", "2026-11-28T21:00:00Z", beats);
    }

    private void leave(LeaseOwner owner) throws IOException {
        storage.write(
                path("a/run/running.json"), out -> out.write(Json.page(owner).getBytes(UTF_8)));
    }

    private String running() throws IOException {
        return Files.readString(folder.resolve("a/run/running.json"));
    }

    private Path path(String name) {
        return storage.path(folder.resolve(name).toString());
    }
}
