package io.github.sparkcnn.track.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sparkcnn.io.Storage;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A page that is written again and again while a run goes on, each time whole, and once when it has ended. Pages on the way are made and
 * written by a thread of their own, the newest in place of those that wait; one that cannot be written ends no run. The last one is
 * written as files are.
 */
public final class LivePage {

    private static final Logger LOG = LoggerFactory.getLogger(LivePage.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Storage storage;
    private final Path file;
    private final Duration patience;
    private final ExecutorService writer = Executors.newSingleThreadExecutor(LivePage::daemon);
    private Supplier<String> next;
    private String written;
    private boolean finished;

    /** Nothing is written yet, and no thread begun. */
    public LivePage(Storage storage, Path file) {
        this(storage, file, PATIENCE);
    }

    /** @param patience how long the end of a run waits for the last page */
    LivePage(Storage storage, Path file, Duration patience) {
        this.storage = storage;
        this.file = file;
        this.patience = patience;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "sparkcnn-report");
        thread.setDaemon(true);
        return thread;
    }

    /** Has a page made and written, and returns at once. */
    public synchronized void show(Supplier<String> page) {
        boolean idle = next == null;
        next = page;
        if (idle && !finished) {
            writer.execute(this::writeNext);
        }
    }

    private void writeNext() {
        Supplier<String> page = taken();
        if (page == null) {
            return;
        }
        try {
            String made = page.get();
            write(made);
            written = made;
        } catch (RuntimeException e) { // the last page fails for the same reason, as the run's files do
            LOG.info("{} was not written while the run goes on", file, e);
        }
    }

    private synchronized Supplier<String> taken() {
        Supplier<String> page = next;
        next = null;
        return page;
    }

    /**
     * Writes the page of a run that has come to its end, and waits for it, but not for ever: that would hold up the end of the run. What
     * was shown before is written no more.
     */
    public void finish(String page) {
        try {
            await(last(() -> write(page)));
        } catch (ExecutionException e) {
            ExceptionUtils.rethrow(e.getCause());
        }
    }

    /**
     * The run is over. Where a page on the way is the last, because the run failed, this one takes its place, unless somebody else has
     * written there.
     */
    public void end(Supplier<String> page) {
        if (finished) {
            return;
        }
        try {
            await(last(() -> endWith(page)));
        } catch (ExecutionException e) { // the run has failed already, and says why
            LOG.info("{} was not written when the run had ended", file, e.getCause());
        }
    }

    private void endWith(Supplier<String> page) {
        if (written != null && written.equals(current())) {
            write(page.get());
        }
    }

    /** In the one thread that writes, so that a page on the way is never written behind it. */
    private synchronized Future<?> last(Runnable writing) {
        finished = true;
        next = null;
        Future<?> last = writer.submit(writing);
        writer.shutdown();
        return last;
    }

    private void await(Future<?> last) throws ExecutionException {
        try {
            last.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warn("{} is still being written after {} s", file, patience.toSeconds());
        } catch (InterruptedException e) {
            LOG.warn("{} may not be written yet: interrupted while waiting for it", file);
            Thread.currentThread().interrupt();
        }
    }

    private String current() {
        if (!storage.exists(file)) {
            return "";
        }
        return new String(storage.read(file), UTF_8);
    }

    private void write(String page) {
        storage.write(file, page);
    }
}
