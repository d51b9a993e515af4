package io.github.sparkcnn.track.mlflow;

import io.github.sparkcnn.Visible;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs errands to MLflow one after another on a thread of its own. The first that fails is the last: what went wrong is kept to be said
 * once, and nothing more is tried.
 */
final class Courier {

    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

    /** Something to be done there. */
    @FunctionalInterface
    interface Errand {
        void run() throws IOException;
    }

    private final String place;
    private final Patience patience;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(Courier::daemon);
    private final AtomicReference<String> warning = new AtomicReference<>();
    private final Set<TrackedRun> open = ConcurrentHashMap.newKeySet();
    private volatile boolean failed;
    private volatile boolean withoutArtifacts;
    private volatile boolean dying;
    private Thread atDeath;

    /** @param place for the warning */
    Courier(String place, Patience patience) {
        this.place = place;
        this.patience = patience;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "sparkcnn-mlflow");
        thread.setDaemon(true);
        return thread;
    }

    /** Has it done when those before it are. */
    void send(Errand errand) {
        if (failed) {
            return;
        }
        try {
            thread.execute(() -> run(errand));
        } catch (RejectedExecutionException closed) {
            LOG.debug("nothing is sent behind the end", closed);
        }
    }

    /** The same with artifacts, which may be all that cannot be sent. */
    void sendArtifact(Errand errand) {
        send(() -> {
            if (!withoutArtifacts) {
                errand.run();
            }
        });
    }

    private void run(Errand errand) {
        if (failed) {
            return;
        }
        try {
            errand.run();
        } catch (UnreachableException e) {
            LOG.info("no artifacts to MLflow at {}", place, e);
            withoutArtifacts = true;
            warn("gets no artifacts of this run, which are in its folder", e);
        } catch (IOException | RuntimeException e) {
            LOG.info("nothing more to MLflow at {}", place, e);
            fail(e);
        }
    }

    private void fail(Exception e) {
        failed = true;
        warn("does not have all of this run", e);
    }

    private void warn(String what, Exception e) {
        warning.compareAndSet(
                null, "Warning: MLflow at " + place + " " + what + ": " + Visible.line(Visible.firstLine(e)));
    }

    /** What has to be said; the first time that it is asked for. */
    Optional<String> warning() {
        String said = warning.get();
        return said == null || said.isEmpty() || !warning.compareAndSet(said, "")
                ? Optional.empty()
                : Optional.of(said);
    }

    /** From here on a run that is killed is said to be. */
    synchronized void opened(TrackedRun run) {
        open.add(run);
        if (atDeath == null) {
            atDeath = new Thread(this::die, "sparkcnn-mlflow-end");
            Runtime.getRuntime().addShutdownHook(atDeath);
        }
    }

    void closed(TrackedRun run) {
        open.remove(run);
    }

    /** Whether the process is being killed. */
    boolean isDying() {
        return dying;
    }

    void die() {
        dying = true;
        open.forEach(TrackedRun::killed);
        finish(patience.death().toMillis());
    }

    /** Waits until all is done, but not for long. */
    void finish() {
        finish(patience.end().toMillis());
    }

    private void finish(long millis) {
        try {
            Future<?> last = thread.submit(() -> {});
            last.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            fail(new IOException("it had not taken all within " + millis / 1000.0 + " s of the end", e));
            thread.shutdownNow();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | RejectedExecutionException e) {
            LOG.debug("nothing was left to be sent", e);
        }
    }

    /** Nothing more comes. */
    synchronized void close() {
        thread.shutdown();
        if (atDeath != null && !dying) {
            try {
                Runtime.getRuntime().removeShutdownHook(atDeath);
            } catch (IllegalStateException e) {
                LOG.debug("the process ends", e);
            }
        }
    }
}
