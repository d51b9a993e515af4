package io.github.sparkcnn.cli;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.DeviceConfig;
import io.github.sparkcnn.config.DeviceConfig.Backend;
import io.github.sparkcnn.device.DevicePlugin;
import io.github.sparkcnn.io.Storage;
import java.util.function.Function;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.SparkSession;

/** The Spark application of a command. Paths have a meaning before the session starts, so that mistakes are found first. */
final class SparkApplication {

    private final SparkConf conf;

    SparkApplication(String name) {
        conf = new SparkConf().setAppName(name);
        if (!conf.contains("spark.master")) {
            throw new UserException(
                    "start Spark", "spark.master is not set", "Run it through submit/local or spark-submit --master …");
        }
    }

    Storage storage() {
        return Storage.ofMaster(conf.get("spark.master"), SparkHadoopUtil.get().newConfiguration(conf));
    }

    /** Makes every executor bind itself to its GPU as it starts, where a GPU is asked for. A session that runs stays as it is. */
    SparkApplication on(DeviceConfig device) {
        if (device.backend() == Backend.CUDA) {
            DevicePlugin.addTo(conf);
        }
        return this;
    }

    /** Runs on a session, which is stopped afterwards unless it was there before, as in a notebook. */
    <T> T run(Function<SparkSession, T> work) {
        boolean theirs = SparkSession.getDefaultSession().isDefined();
        SparkSession spark = SparkSession.builder().config(conf).getOrCreate();
        try {
            return work.apply(spark);
        } finally {
            if (!theirs) {
                spark.stop();
            }
        }
    }
}
