package io.github.sparkcnn.train.strategy;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import scala.collection.JavaConverters;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction1;

/** Runs a function over all partitions at once, or not at all: Spark's barrier mode, which its Java API leaves out. */
final class BarrierStage {

    private BarrierStage() {}

    /**
     * What the tasks return, in any order. The results go through a shuffle to one task that passes them on: Spark repeats a
     * barrier stage that failed only where a shuffle follows it, and gives up a job that ends with one.
     */
    static <T, R> List<R> run(JavaRDD<T> partitions, FlatMapFunction<Iterator<T>, R> task, Class<R> result) {
        return partitions
                .rdd()
                .barrier()
                .mapPartitions(new ScalaTask<>(task), false, ClassTag$.MODULE$.<R>apply(result))
                .toJavaRDD()
                .coalesce(1, true)
                .collect();
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
