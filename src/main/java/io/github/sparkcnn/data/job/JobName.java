package io.github.sparkcnn.data.job;

import java.util.function.Supplier;
import org.apache.spark.SparkContext;

/** What Spark's page, and whoever watches its stages, call the jobs that this thread runs. */
public final class JobName {

    /** The property of a job that holds the name of one of ours. */
    public static final String PROPERTY = "sparkcnn.job";

    private static final String DESCRIPTION = "spark.job.description";

    private JobName() {}

    /**
     * Names the jobs of some work; afterwards those of this thread are called as before.
     *
     * @param name what they do, e.g. {@code Reading photos.zip}
     */
    public static <T> T during(SparkContext spark, String name, Supplier<T> work) {
        String described = spark.getLocalProperty(DESCRIPTION);
        String named = spark.getLocalProperty(PROPERTY);
        spark.setLocalProperty(DESCRIPTION, name);
        spark.setLocalProperty(PROPERTY, name);
        try {
            return work.get();
        } finally {
            spark.setLocalProperty(DESCRIPTION, described);
            spark.setLocalProperty(PROPERTY, named);
        }
    }
}
