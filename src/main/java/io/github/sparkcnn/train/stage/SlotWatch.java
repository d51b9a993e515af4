package io.github.sparkcnn.train.stage;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskStart;

/**
 * Looks, while the driver is about something else than its workers, whether a job of Spark's gets no task: the workers may have all
 * the slots, and who waits in the driver for such a job, a listener for instance, would wait for ever.
 */
final class SlotWatch extends SparkListener implements AutoCloseable {

    private static final int LOOK_MILLIS = 500;

    private final JavaSparkContext spark;
    private final BooleanSupplier isDriverElsewhere;
    private final Runnable release;
    /** Stages that had a task; Spark's status of a stage may be of long ago. */
    private final Set<Integer> begun = ConcurrentHashMap.newKeySet();

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "slots of the workers");
        thread.setDaemon(true);
        return thread;
    });
    private final Future<?> looks;
    private Set<Integer> waiting = Set.of();

    /**
     * Begins to look.
     *
     * @param release frees the workers' slots; called for a job that was without a task twice in a row
     */
    SlotWatch(JavaSparkContext spark, BooleanSupplier isDriverElsewhere, Runnable release) {
        this.spark = spark;
        this.isDriverElsewhere = isDriverElsewhere;
        this.release = release;
        spark.sc().addSparkListener(this);
        for (int stage : spark.statusTracker().getActiveStageIds()) {
            Optional.ofNullable(spark.statusTracker().getStageInfo(stage))
                    .filter(info -> info.numActiveTasks() + info.numCompletedTasks() > 0)
                    .ifPresent(info -> begun.add(stage));
        }
        this.looks = clock.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void onTaskStart(SparkListenerTaskStart task) {
        begun.add(task.stageId());
    }

    /** An exception would be the last look. */
    private void look() {
        try {
            lookAtJobs();
        } catch (RuntimeException e) {
            waiting = Set.of();
        }
    }

    private void lookAtJobs() {
        Set<Integer> still = isDriverElsewhere.getAsBoolean() ? withoutTask() : Set.of();
        if (still.stream().anyMatch(waiting::contains)) {
            release.run();
        }
        waiting = still;
    }

    private Set<Integer> withoutTask() {
        return Arrays.stream(spark.statusTracker().getActiveJobIds())
                .boxed()
                .filter(this::isWithoutTask)
                .collect(Collectors.toSet());
    }

    private boolean isWithoutTask(int job) {
        return Stream.ofNullable(spark.statusTracker().getJobInfo(job))
                .flatMapToInt(info -> Arrays.stream(info.stageIds()))
                .noneMatch(begun::contains);
    }

    @Override
    public void close() {
        looks.cancel(false);
        clock.shutdown();
        spark.sc().removeSparkListener(this);
    }
}
