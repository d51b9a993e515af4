package io.github.sparkcnn;

import com.holdenkarau.spark.testing.JavaDataFrameSuiteBase;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;

/**
 * A test on Spark: {@link #spark()} and {@link #jsc()} on {@code local[2]}, one session for the whole JVM.
 *
 * <p>spark-testing-base is held, not extended: its class is serializable, which would want a {@code serialVersionUID} of every
 * test, and its {@code fail} and {@code assertTrue} would hide JUnit's.
 */
public abstract class SparkTest {
    private static final Session SESSION = new Session();

    /** spark-testing-base's {@code runAfterClass} is not called: it would stop the session after every class. */
    @BeforeAll
    static void startSessionOnce() {
        SESSION.runBefore();
    }

    protected static SparkSession spark() {
        return SESSION.spark();
    }

    protected static JavaSparkContext jsc() {
        return SESSION.jsc();
    }

    /** Same schema and same rows in the same order. */
    protected static void assertSameRows(Dataset<Row> expected, Dataset<Row> actual) {
        SESSION.assertDataFrameEquals(expected, actual, SESSION.assertDataFrameEquals$default$3());
    }

    private static final class Session extends JavaDataFrameSuiteBase {
        private static final long serialVersionUID = 1L;

        @Override
        public SparkConf conf() {
            return super.conf()
                    .setMaster("local[2]")
                    .setAppName("sparkcnn-tests")
                    .set("spark.driver.host", "127.0.0.1")
                    .set("spark.driver.bindAddress", "127.0.0.1")
                    .set("spark.ui.enabled", "false")
                    .set("spark.ui.showConsoleProgress", "false")
                    .set("spark.sql.shuffle.partitions", "2")
                    .set("spark.default.parallelism", "2");
        }

        @Override
        public boolean enableHiveSupport() {
            return false;
        }
    }

    /** Waits until Spark has no job any more; it hears of the end of one later than whoever ended it. */
    protected static void awaitNoJobs() {
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (jsc().statusTracker().getActiveJobIds().length > 0) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("there is still a job");
            }
            LockSupport.parkNanos(10_000_000);
        }
    }
}
