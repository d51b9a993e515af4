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
 * Runs errands to MLflow one after another on a thread of its own. The first that fails is the last, but for artifacts, which fail by
 * themselves: what went wrong is kept to be said once, and nothing more is tried.
 */
final class Courier {

    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
    private static final String LOST = "does not have all of this run";

    /** Something to be done there. */
    @FunctionalInterface
    interface Errand {
        void run() throws IOException;
    }

    private final String place;
    private final Patience patience;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(Courier::daemon);
    /** Empty when it was said. */
    private final AtomicReference<String> warning = new AtomicReference<>();

    private final Set<TrackedRun> open = ConcurrentHashMap.newKeySet();
    private volatile boolean failed;
    private volatile boolean withoutArtifacts;
    /** There is no time for them any more. */
    private volatile boolean late;

    private volatile boolean someDropped;
    private volatile boolean dying;
    private Thread atDeath;
    /** The thread while it sends an artifact: nothing else is interrupted. */
    private Thread atArtifact;

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

    /** The same with artifacts, which may be all that cannot be sent, and are what is dropped when time is short. */
    void sendArtifact(Errand errand) {
        send(() -> {
            if (!beginsArtifact()) {
                return;
            }
            try {
                errand.run();
            } catch (IOException | RuntimeException | LinkageError e) {
                artifactFailed(e);
            } finally {
                endsArtifact();
            }
        });
    }

    private synchronized boolean beginsArtifact() {
        someDropped |= late;
        if (late || withoutArtifacts) {
            return false;
        }
        atArtifact = Thread.currentThread();
        return true;
    }

    private synchronized void endsArtifact() {
        atArtifact = null;
        Thread.interrupted(); // meant for the artifact
    }

    /** Leaves the one that is being sent, and those behind it, for how the runs have ended. */
    private synchronized void dropArtifacts() {
        late = true;
        if (atArtifact != null) {
            atArtifact.interrupt();
        }
    }

    private void artifactFailed(Throwable e) {
        LOG.info("no artifacts to MLflow at {}", place, e);
        withoutArtifacts = true;
        if (late) {
            someDropped = true;
        } else {
            warn(
                    e instanceof UnreachableException
                            ? "gets no artifacts of this run, which are in its folder"
                            : "does not have all artifacts of this run, which are in its folder",
                    e);
        }
    }

    private void run(Errand errand) {
        if (failed) {
            return;
        }
        try {
            errand.run();
        } catch (IOException | RuntimeException | LinkageError e) {
            LOG.info("nothing more to MLflow at {}", place, e);
            fail(e);
        }
    }

    /** Takes the place of a warning of artifacts alone that is not said yet: this is why there are none. */
    private void fail(Throwable e) {
        failed = true;
        String lost = text(LOST, e);
        warning.updateAndGet(said -> said == null || (!said.isEmpty() && !said.contains(LOST)) ? lost : said);
    }

    /** Something was not sent here at all; the rest is. */
    void missed(Throwable e) {
        LOG.info("not all is sent to MLflow at {}", place, e);
        warn(LOST, e);
    }

    private void warn(String what, Throwable e) {
        warning.compareAndSet(null, text(what, e));
    }

    private String text(String what, Throwable e) {
        return "Warning: MLflow at " + place + " " + what + ": " + Visible.line(Visible.firstLine(e));
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

    /** There are seconds left: for how the runs have ended, and no artifact. */
    void die() {
        dying = true;
        dropArtifacts();
        open.forEach(TrackedRun::killed);
        if (!isDoneWithin(patience.death().toMillis())) {
            giveUp(patience.death().toMillis());
        }
    }

    /** Waits until all is done, but not for long; what takes longer is done without the artifacts that are left. */
    void finish() {
        long millis = patience.end().toMillis();
        if (isDoneWithin(millis)) {
            return;
        }
        dropArtifacts();
        if (!isDoneWithin(patience.death().toMillis())) {
            giveUp(millis);
        } else if (someDropped) {
            warn("does not have all artifacts of this run, which are in its folder", tooLate(millis));
        }
    }

    private void giveUp(long millis) {
        fail(tooLate(millis));
        thread.shutdownNow();
    }

    private static IOException tooLate(long millis) {
        return new IOException("it had not taken all within " + millis / 1000.0 + " s of the end");
    }

    private boolean isDoneWithin(long millis) {
        try {
            Future<?> last = thread.submit(() -> {});
            last.get(millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            return isClosedWithin(millis);
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            LOG.debug("nothing was left to be sent", e);
        }
        return true;
    }

    private boolean isClosedWithin(long millis) {
        try {
            return thread.awaitTermination(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
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
