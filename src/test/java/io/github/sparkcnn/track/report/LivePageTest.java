package io.github.sparkcnn.track.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.io.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class LivePageTest {

    @TempDir
    Path folder;

    private Path file;
    private LivePage page;

    @BeforeEach
    void name() {
        file = folder.resolve("report.html");
        page = new LivePage(
                Storage.ofLocalMaster(new Configuration(false)),
                new org.apache.hadoop.fs.Path("file", null, file.toString()));
    }

    @Test
    void showsTheNewestAndLeavesOutWhatWaited() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        page.show(() -> {
            begun.countDown();
            await(free);
            return "one";
        });
        begun.await();
        AtomicBoolean outdated = new AtomicBoolean();
        page.show(() -> {
            outdated.set(true);
            return "two";
        });
        page.show(() -> "three");
        free.countDown();

        assertThat(settled("three")).isEqualTo("three");
        assertThat(outdated).isFalse();
    }

    @Test
    void theLastPageIsNeverOverwritten() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        page.show(() -> {
            begun.countDown();
            pause();
            return "on the way";
        });
        begun.await();
        page.finish("what it came to");
        page.show(() -> "late");
        page.end(() -> "failed");
        pause();

        assertThat(file).hasContent("what it came to");
    }

    /** A run ends although its page is stuck, and the page that is stuck does not come behind the last one. */
    @Test
    @Timeout(30)
    void aPageThatIsStuckHoldsUpNoEnd() throws Exception {
        LivePage impatient = new LivePage(
                Storage.ofLocalMaster(new Configuration(false)),
                new org.apache.hadoop.fs.Path("file", null, file.toString()),
                Duration.ofMillis(1));
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        impatient.show(() -> {
            begun.countDown();
            await(ended);
            return "on the way";
        });
        begun.await();

        impatient.finish("what it came to");
        ended.countDown();

        assertThat(settled("what it came to")).isEqualTo("what it came to");
        pause();
        assertThat(file).hasContent("what it came to");
    }

    @Test
    void theLastPageThatCannotBeWrittenIsAFailure() throws Exception {
        Files.createDirectory(file);

        assertThatThrownBy(() -> page.finish("what it came to")).hasMessageContaining("report.html");
    }

    @Test
    void aRunThatFailsEndsItsPage() throws Exception {
        page.show(() -> "on the way");
        assertThat(settled("on the way")).isEqualTo("on the way");

        page.end(() -> "failed");

        assertThat(file).hasContent("failed");
    }

    @Test
    void theReportOfSomebodyElseIsLeftAlone() throws Exception {
        page.show(() -> "on the way");
        assertThat(settled("on the way")).isEqualTo("on the way");
        Files.writeString(file, "theirs");

        page.end(() -> "failed");

        assertThat(file).hasContent("theirs");
    }

    @Test
    void aRunThatShowedNothingLeavesNothing() {
        page.end(() -> "failed");

        assertThat(file).doesNotExist();
    }

    @Test
    void aPageThatCannotBeMadeEndsNoRun() throws Exception {
        page.show(() -> {
            throw new IllegalStateException("no disk");
        });
        page.show(() -> "next");

        assertThat(settled("next")).isEqualTo("next");
    }

    /** Waits for the writer's thread. */
    private String settled(String wanted) throws IOException, InterruptedException {
        for (int waited = 0; waited < 3000; waited++) {
            if (Files.exists(file) && Files.readString(file).equals(wanted)) {
                break;
            }
            Thread.sleep(10);
        }
        return Files.readString(file);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
