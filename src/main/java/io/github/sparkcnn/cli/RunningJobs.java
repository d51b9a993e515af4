package io.github.sparkcnn.cli;

import io.github.sparkcnn.console.Console;
import io.github.sparkcnn.data.job.JobName;
import java.util.Properties;
import java.util.function.LongSupplier;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/**
 * Says what Spark is doing while one waits for it, of the jobs that have a name: on a terminal at once, in a log a line of what takes
 * longer than some seconds and one every minute. Spark's executors, which tell of themselves every ten seconds, are its clock.
 */
final class RunningJobs extends SparkListener implements AutoCloseable {

    private static final double SECONDS_BEFORE_A_LINE = 5;
    private static final double SECONDS_BETWEEN_LINES = 60;

    private final Console console;
    private final boolean inLog;
    private final LongSupplier nanoTime;
    private Runnable stop = () -> {};
    private boolean closed;
    private String name = "";
    private int stage = -1;
    private int tasks;
    private int done;
    private long nextLine;

    /**
     * Watches nothing yet.
     *
     * @param inLog whether to write lines where there is no terminal
     * @param nanoTime as {@link System#nanoTime}
     */
    RunningJobs(Console console, boolean inLog, LongSupplier nanoTime) {
        this.console = console;
        this.inLog = inLog && !console.isTerminal();
        this.nanoTime = nanoTime;
    }

    /** Watches the jobs of an application until it is closed. */
    static RunningJobs of(SparkContext spark, Console console, boolean inLog) {
        RunningJobs jobs = new RunningJobs(console, inLog, System::nanoTime);
        spark.addSparkListener(jobs);
        jobs.stop = () -> spark.removeSparkListener(jobs);
        return jobs;
    }

    @Override
    public void onStageSubmitted(SparkListenerStageSubmitted submitted) {
        begin(
                submitted.properties(),
                submitted.stageInfo().stageId(),
                submitted.stageInfo().numTasks());
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd ended) {
        if (ended.taskInfo() != null && ended.taskInfo().successful()) {
            ended(ended.stageId());
        }
    }

    @Override
    public void onStageCompleted(SparkListenerStageCompleted completed) {
        end(completed.stageInfo().stageId());
    }

    @Override
    public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate update) {
        tell();
    }

    synchronized void begin(Properties properties, int begun, int of) {
        JobName.watched(properties).ifPresent(theirs -> begin(theirs, begun, of));
    }

    private synchronized void begin(String theirs, int begun, int of) {
        if (!theirs.equals(name)) {
            nextLine = nanoTime.getAsLong() + nanos(SECONDS_BEFORE_A_LINE);
        }
        name = theirs;
        stage = begun;
        tasks = of;
        done = 0;
        draw();
    }

    synchronized void ended(int ofStage) {
        if (ofStage == stage) {
            done++;
            draw();
            tell();
        }
    }

    synchronized void end(int ended) {
        if (ended == stage) {
            stage = -1;
            console.erase();
        }
    }

    /** Writes a line, if it is time to. */
    synchronized void tell() {
        if (inLog && !closed && stage >= 0 && nanoTime.getAsLong() - nextLine >= 0) {
            nextLine = nanoTime.getAsLong() + nanos(SECONDS_BETWEEN_LINES);
            console.line("  " + text());
        }
    }

    private void draw() {
        if (!closed) {
            console.draw(text());
        }
    }

    private String text() {
        return name + " …" + (tasks > 1 ? "  " + done + " of " + tasks + " tasks" : "");
    }

    private static long nanos(double seconds) {
        return (long) (seconds * 1e9);
    }

    /** Nothing more is said, also of what Spark is still to tell. */
    @Override
    public void close() {
        stop.run();
        synchronized (this) {
            closed = true;
            console.erase();
        }
    }
}
