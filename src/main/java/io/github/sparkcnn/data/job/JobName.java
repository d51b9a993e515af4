package io.github.sparkcnn.data.job;

import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;

/** What Spark's page, and whoever watches its stages, call the jobs that this thread runs. */
public final class JobName {

    private static final String DESCRIPTION = "spark.job.description";
    private static final String WATCHED = "sparkcnn.job";
    private static final String MARK = "sparkcnn.mark";

    private JobName() {}

    /**
     * Names the jobs of some work, for Spark's page and for who tells the user how far they are; afterwards those of this thread are
     * called as before.
     *
     * @param name what they do, e.g. {@code Reading photos.zip}
     */
    public static <T> T during(SparkContext spark, String name, Supplier<T> work) {
        return with(spark, WATCHED, name, () -> describing(spark, name, work));
    }

    /** The same for Spark's page alone: of jobs whose tasks that have ended do not tell how far they are. */
    public static <T> T describing(SparkContext spark, String name, Supplier<T> work) {
        return with(spark, DESCRIPTION, name, work);
    }

    /** Marks the jobs of some work for who has to tell them from all others, also from those of the same name. */
    public static <T> T marking(SparkContext spark, String mark, Supplier<T> work) {
        return with(spark, MARK, mark, work);
    }

    /** The name of a job with these properties, if the user is told how far it is. */
    public static Optional<String> watched(Properties job) {
        return of(job, WATCHED);
    }

    /** Whether a job with these properties is of the work that was marked so. */
    public static boolean isMarked(Properties job, String mark) {
        return of(job, MARK).filter(mark::equals).isPresent();
    }

    private static <T> T with(SparkContext spark, String property, String value, Supplier<T> work) {
        String before = spark.getLocalProperty(property);
        spark.setLocalProperty(property, value);
        try {
            return work.get();
        } finally {
            spark.setLocalProperty(property, before);
        }
    }

    /** @param job null: Spark's word for none */
    private static Optional<String> of(Properties job, String property) {
        return job == null ? Optional.empty() : Optional.ofNullable(job.getProperty(property));
    }
}
