package io.github.sparkcnn.train.stage;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.data.job.JobName;
import io.github.sparkcnn.io.Denial;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.JavaSparkStatusTracker;
import org.apache.spark.api.java.function.FlatMapFunction;
import scala.collection.JavaConverters;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction1;

/** A function that runs over all partitions at once, or not at all: Spark's barrier mode, which its Java API leaves out. */
public final class BarrierStage {

    private static final int POLL_MILLIS = 20;
    private static final int PATIENCE_SECONDS = 5;
    private static final int FAREWELL_SECONDS = 30;
    /** What Spark says of a stage that it has repeated {@code spark.stage.maxConsecutiveAttempts} times. */
    private static final String GIVEN_UP = "has failed the maximum allowable number of times";

    /** What Spark says of the last task's exception, which it leaves out; or what another task has heard of that one. */
    private static final Pattern MISTAKE = Pattern.compile("(?m)^(?:Caused by: |.*: Worker \\d+ \\(.+\\) is lost: )?"
            + Pattern.quote(UserException.class.getName()) + ": (Cannot .+)$");

    private final JavaFutureAction<?> job;
    private final SparkContext spark;

    private BarrierStage(JavaFutureAction<?> job, SparkContext spark) {
        this.job = job;
        this.spark = spark;
    }

    /**
     * Starts one and returns. The results go through a shuffle to one task: Spark repeats a barrier stage that failed only where a
     * shuffle follows it, and gives up a job that ends with one.
     *
     * @param description of the job, for Spark's page
     */
    public static <T> BarrierStage start(
            JavaRDD<T> partitions, FlatMapFunction<Iterator<T>, Integer> task, String description) {
        SparkContext spark = partitions.context();
        JavaRDD<Integer> stage = partitions
                .rdd()
                .barrier()
                .mapPartitions(new ScalaTask<>(task), false, ClassTag$.MODULE$.<Integer>apply(Integer.class))
                .toJavaRDD()
                .coalesce(1, true);
        return new BarrierStage(JobName.describing(spark, description, stage::collectAsync), spark);
    }

    /**
     * Waits for a result that comes from the tasks by another way, for as long as they run. Spark fails its jobs when it is stopped,
     * for instance because YARN's application was killed, but forgets a barrier stage that waits for slots: one would wait for it
     * for ever.
     *
     * @param meanwhile done now and then
     * @return empty if all tasks have ended before
     * @throws RuntimeException what the job failed with, as it is; the user's mistake where that is what a task ended with
     */
    <R> Optional<R> await(CompletableFuture<R> result, Runnable meanwhile) {
        long stopped = 0;
        while (true) {
            try {
                return Optional.of(result.get(POLL_MILLIS, TimeUnit.MILLISECONDS));
            } catch (TimeoutException e) {
                stopped += spark.isStopped() ? POLL_MILLIS : 0;
                if (hasEnded(stopped) && !result.isDone()) {
                    return Optional.empty();
                }
                meanwhile.run();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
    }

    private boolean hasEnded(long stoppedMillis) {
        if (job.isDone()) {
            requireSuccess();
            return true;
        }
        if (stoppedMillis > TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS)) {
            throw new IllegalStateException("Spark was stopped while a stage waited for its executors");
        }
        return false;
    }

    private void requireSuccess() {
        try {
            job.get();
        } catch (ExecutionException e) {
            mistake(e.getCause()).ifPresent(mistake -> {
                throw mistake;
            });
            ExceptionUtils.rethrow(e.getCause()); // as it is: Spark's is a checked one, which Scala does not declare
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        job.cancel(true);
        return new IllegalStateException("interrupted while a stage ran", e);
    }

    /** Has the tasks give up what they are doing, and waits until they have, but not for long: they look now and then. */
    void cancel() {
        if (job.isDone() || spark.isStopped()) {
            return;
        }
        job.cancel(true);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        try {
            while (hasTasks() && System.nanoTime() < deadline) {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean hasTasks() {
        JavaSparkStatusTracker tracker =
                JavaSparkContext.fromSparkContext(spark).statusTracker();
        return job.jobIds().stream()
                .flatMap(id -> Stream.ofNullable(tracker.getJobInfo(id)))
                .flatMapToInt(info -> Arrays.stream(info.stageIds()))
                .boxed()
                .flatMap(id -> Stream.ofNullable(tracker.getStageInfo(id)))
                .anyMatch(stage -> stage.numActiveTasks() > 0);
    }

    /** Waits for tasks that know that they are to end, but not for long: the work is done, or has failed for a reason that is known. */
    void end() {
        try {
            job.get(FAREWELL_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            job.cancel(true);
        } catch (ExecutionException | CancellationException e) {
            return; // who waited for the work has heard of it
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            job.cancel(true);
        }
    }

    /** The user's mistake that a task found, of a job that failed for it. */
    static Optional<UserException> mistake(Throwable failure) {
        Matcher told = MISTAKE.matcher(String.valueOf(failure.getMessage()));
        return told.find() ? Optional.of(UserException.told(told.group(1))) : Optional.empty();
    }

    /** Whether a job failed because Spark does not repeat its stage any more. */
    static boolean isGivenUp(Exception failure) {
        return String.valueOf(failure.getMessage()).contains(GIVEN_UP);
    }

    private static final class ScalaTask<T>
            extends AbstractFunction1<scala.collection.Iterator<T>, scala.collection.Iterator<Integer>>
            implements Serializable {
        private static final long serialVersionUID = 1L;

        private final FlatMapFunction<Iterator<T>, Integer> task;

        ScalaTask(FlatMapFunction<Iterator<T>, Integer> task) {
            this.task = task;
        }

        @Override
        public scala.collection.Iterator<Integer> apply(scala.collection.Iterator<T> partition) {
            try {
                return JavaConverters.asScalaIterator(task.call(JavaConverters.asJavaIterator(partition)));
            } catch (RuntimeException e) {
                throw Denial.in(e).map(RuntimeException.class::cast).orElse(e);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
