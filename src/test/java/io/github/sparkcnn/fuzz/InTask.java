package io.github.sparkcnn.fuzz;

import java.util.Iterator;
import org.apache.spark.TaskContext$;
import org.apache.spark.TaskContextImpl;
import scala.Option;

/** Runs what Spark would run in a task, in this thread and without Spark. */
public final class InTask {

    private InTask() {}

    /** What a task does with a partition. */
    @FunctionalInterface
    public interface Work {
        Iterator<?> run() throws Exception;
    }

    /** Reads all that comes out of it, then ends the task as Spark does, so that files are closed. */
    public static void drain(Work work) throws Exception {
        TaskContextImpl task = TaskContext$.MODULE$.empty();
        TaskContext$.MODULE$.setTaskContext(task);
        try {
            work.run().forEachRemaining(element -> {});
        } finally {
            TaskContext$.MODULE$.unset();
            task.markTaskCompleted(Option.empty());
        }
    }
}
