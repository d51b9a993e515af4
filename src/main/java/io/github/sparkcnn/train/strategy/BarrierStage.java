package io.github.sparkcnn.train.strategy;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import scala.collection.JavaConverters;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction1;

/** Runs a function over all partitions at once, or not at all: Spark's barrier mode, which its Java API leaves out. */
final class BarrierStage {

    private static final int PATIENCE_SECONDS = 5;

    private BarrierStage() {}

    /**
     * What the tasks return, in any order. The results go through a shuffle to one task that passes them on: Spark repeats a
     * barrier stage that failed only where a shuffle follows it, and gives up a job that ends with one.
     */
    static <T, R> List<R> run(JavaRDD<T> partitions, FlatMapFunction<Iterator<T>, R> task, Class<R> result) {
        JavaFutureAction<List<R>> job = partitions
                .rdd()
                .barrier()
                .mapPartitions(new ScalaTask<>(task), false, ClassTag$.MODULE$.<R>apply(result))
                .toJavaRDD()
                .coalesce(1, true)
                .collectAsync();
        return await(job, partitions.context());
    }

    /**
     * Spark fails its jobs when it is stopped, for instance because YARN's application was killed, but forgets a barrier stage that
     * waits for slots: one would wait for it for ever.
     */
    private static <R> R await(JavaFutureAction<R> job, SparkContext spark) {
        boolean stopped = false;
        while (true) {
            try {
                return job.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                if (stopped) {
                    throw new IllegalStateException("Spark was stopped while a stage waited for its executors");
                }
                stopped = spark.isStopped();
            } catch (ExecutionException e) {
                return ExceptionUtils.rethrow(
                        e.getCause()); // as it is: Spark's is a checked one, which Scala does not declare
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                job.cancel(true);
                throw new IllegalStateException("interrupted while a stage ran", e);
            }
        }
    }

    private static final class ScalaTask<T, R>
            extends AbstractFunction1<scala.collection.Iterator<T>, scala.collection.Iterator<R>>
            implements Serializable {
        private static final long serialVersionUID = 1L;

        private final FlatMapFunction<Iterator<T>, R> task;

        ScalaTask(FlatMapFunction<Iterator<T>, R> task) {
            this.task = task;
        }

        @Override
        public scala.collection.Iterator<R> apply(scala.collection.Iterator<T> partition) {
            try {
                return JavaConverters.asScalaIterator(task.call(JavaConverters.asJavaIterator(partition)));
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
